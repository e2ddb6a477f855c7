# shellcheck shell=bash
# Writes the configuration files from the templates in conf/, and clouds.yaml.

render() { # TEMPLATE TARGET OWNER
    sed -e "s|@DB_PORT@|$db_port|g" -e "s|@AMQP_PORT@|$amqp_port|g" \
        -e "s|@KEYSTONE_PORT@|$keystone_port|g" -e "s|@NOVA_PORT@|$nova_port|g" \
        -e "s|@CINDER_PORT@|$cinder_port|g" -e "s|@PLACEMENT_PORT@|$placement_port|g" \
        -e "s|@GLANCE_PORT@|$glance_port|g" -e "s|@NEUTRON_PORT@|$neutron_port|g" \
        -e "s|@MEMCACHE_PORT@|$memcache_port|g" \
        -e "s|@SHELVED_OFFLOAD_TIME@|${AIO_SHELVED_OFFLOAD_TIME:--1}|g" \
        -e "s|@RECLAIM_INTERVAL@|${AIO_RECLAIM_INTERVAL:-0}|g" \
        -e "s|@FAIL_BOOTS@|${AIO_FAIL_BOOTS:-0}|g" \
        -e "s|@SERVICE_PASSWORD@|$service_password|g" "$here/conf/$1" >"$fs/$2"
    in_chroot root chown "$3:$3" "/$2"
    chmod 640 "$fs/$2"
}

configure() {
    chmod 1777 "$fs/dev/shm"
    printf '127.0.0.1 localhost aio aio2 %s\n' "$(uname -n)" >"$fs/etc/hosts"
    mkdir -p "$fs/usr/local/lib/aio" "$fs/etc/aio"
    cp "$here"/python/*.py "$fs/usr/local/lib/aio/"
    # Neutron finds mechanism drivers by the entry points of installed packages.
    mkdir -p "$fs/usr/local/lib/aio/nullnetwork-1.dist-info"
    printf 'Metadata-Version: 2.1\nName: nullnetwork\nVersion: 1\n' >"$fs/usr/local/lib/aio/nullnetwork-1.dist-info/METADATA"
    printf '[neutron.ml2.mechanism_drivers]\nnull = nullnetwork:Driver\n' \
        >"$fs/usr/local/lib/aio/nullnetwork-1.dist-info/entry_points.txt"
    cp "$here/python/nullcompute.py" "$fs/usr/lib/python3/dist-packages/nova/virt/"
    # The nova-compute package would install libvirt and QEMU; this is all of its program.
    printf '%s\n' '#!/usr/bin/python3' 'import sys' 'from nova.cmd.compute import main' \
        'sys.exit(main())' >"$fs/usr/local/bin/nova-compute"
    chmod 755 "$fs/usr/local/bin/nova-compute"

    # trixie's oslo.messaging polls for the reply to a remote call only twice a second:
    # an attach takes 1.6 s, and a server 7 s.
    sed -i 's/time\.sleep(0\.5)/time.sleep(0.01)/' \
        "$fs/usr/lib/python3/dist-packages/oslo_messaging/_drivers/amqpdriver.py"

    render mariadb.cnf etc/aio/mariadb.cnf mysql
    render rabbitmq.conf etc/aio/rabbitmq.conf rabbitmq
    render keystone.conf etc/keystone/keystone.conf keystone
    render placement.conf etc/placement/placement.conf placement
    render glance-api.conf etc/glance/glance-api.conf glance
    render neutron.conf etc/neutron/neutron.conf neutron
    render ml2_conf.ini etc/neutron/plugins/ml2/ml2_conf.ini neutron
    render cinder.conf etc/cinder/cinder.conf cinder
    render nova.conf etc/nova/nova.conf nova
    render nova-compute-2.conf etc/nova/nova-compute-2.conf nova

    local dir
    for dir in mysql:run/mysqld rabbitmq:var/lib/rabbitmq rabbitmq:var/log/rabbitmq \
        glance:var/lib/glance/images glance:var/lib/glance/staging glance:var/lib/glance/tasks \
        glance:var/lib/glance/tmp neutron:var/lib/neutron/lock cinder:var/lib/cinder/tmp \
        nova:var/lib/nova/tmp nova:var/lib/nova/instances nova:var/lib/nova-2 nova:var/lib/nova-2/instances; do
        mkdir -p "$fs/${dir#*:}"
        in_chroot root chown "${dir%%:*}:${dir%%:*}" "/${dir#*:}"
    done
}

write_clouds() {
    local auth="auth_url: http://127.0.0.1:$keystone_port/v3"
    local domain='user_domain_name: Default'
    local entry user project password
    {
        echo 'clouds:'
        for entry in "aio-admin admin admin $admin_password" "aio-demo demo demo $demo_password" \
            "aio-demo-reader demo_reader demo $demo_password" \
            "aio-demo-service demo_service demo $demo_password" \
            "aio-alt alt_demo alt_demo $demo_password" \
            "aio-system-admin admin - $admin_password"; do
            read -r entry user project password <<<"$entry"
            printf '  %s:\n    auth:\n      %s\n      username: %s\n      password: %s\n      %s\n' \
                "$entry" "$auth" "$user" "$password" "$domain"
            if [ "$project" = - ]; then
                printf '      system_scope: all\n'
            else
                printf '      project_name: %s\n      project_domain_name: Default\n' "$project"
            fi
            printf '    region_name: RegionOne\n    identity_api_version: "3"\n'
        done
    } >"$root/clouds.yaml"
}
