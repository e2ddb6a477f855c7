# shellcheck shell=bash
# Starts the daemons in the order of their dependencies, and sets up what each needs.

check_ports() {
    local pair
    for pair in "mariadb:$db_port" "epmd:$epmd_port" "rabbitmq:$amqp_port" "rabbitmq:$dist_port" \
        "memcached:$memcache_port" "keystone:$keystone_port" "placement-api:$placement_port" \
        "glance-api:$glance_port" "neutron-api:$neutron_port" "cinder-api:$cinder_port" \
        "nova-api:$nova_port"; do
        pid_of "${pair%:*}" >/dev/null || ! listens "${pair#*:}" ||
            die "Port ${pair#*:} is in use. Choose other ports with --offset."
    done
}

start_backends() {
    start mariadb mysql /usr/sbin/mariadbd --defaults-file=/etc/aio/mariadb.cnf
    start epmd rabbitmq /usr/bin/epmd -address 127.0.0.1 -port "$epmd_port"
    start memcached memcache /usr/bin/memcached -l 127.0.0.1 -p "$memcache_port" -U 0 -m 64
    await epmd 20 listens "$epmd_port"
    start rabbitmq rabbitmq HOME=/var/lib/rabbitmq RABBITMQ_NODENAME=aio@localhost \
        ERL_EPMD_PORT="$epmd_port" RABBITMQ_DIST_PORT="$dist_port" \
        RABBITMQ_CONFIG_FILE=/etc/aio/rabbitmq RABBITMQ_CONF_ENV_FILE=/dev/null \
        RABBITMQ_ENABLED_PLUGINS_FILE=/etc/aio/enabled_plugins \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none' \
        /usr/lib/rabbitmq/bin/rabbitmq-server
    await mariadb 60 in_chroot root mariadb-admin --defaults-file=/dev/null \
        --socket=/run/mysqld/aio.sock ping
    await rabbitmq 90 listens "$amqp_port"
}

step() { # USER COMMAND...: runs a set-up command with its output in a log
    in_chroot "$@" </dev/null >>"$root/log/setup.log" 2>&1 ||
        die "This command failed: ${*:2}. See $root/log/setup.log."
}

setup_databases() {
    [ ! -e "$root/databases" ] || return 0
    local db user pids=() pid
    for db in keystone placement glance neutron cinder nova_api:nova nova:nova nova_cell0:nova; do
        user=${db#*:} db=${db%%:*}
        echo "CREATE DATABASE IF NOT EXISTS $db CHARACTER SET utf8mb3;"
        echo "GRANT ALL ON $db.* TO '$user'@'127.0.0.1' IDENTIFIED BY '$service_password';"
    done | in_chroot root mariadb --defaults-file=/dev/null --socket=/run/mysqld/aio.sock

    say "Creating the database tables"
    step root keystone-manage fernet_setup --keystone-user keystone --keystone-group keystone
    step root keystone-manage credential_setup --keystone-user keystone --keystone-group keystone
    ( step keystone keystone-manage db_sync ) & pids+=($!)
    ( step placement placement-manage db sync ) & pids+=($!)
    ( step glance glance-manage db_sync ) & pids+=($!)
    ( step cinder cinder-manage db sync ) & pids+=($!)
    ( step neutron neutron-db-manage --config-file /etc/neutron/neutron.conf \
        --config-file /etc/neutron/plugins/ml2/ml2_conf.ini upgrade heads ) & pids+=($!)
    (
        step nova nova-manage api_db sync
        step nova nova-manage cell_v2 map_cell0 --database_connection \
            "mysql+pymysql://nova:$service_password@127.0.0.1:$db_port/nova_cell0"
        step nova nova-manage db sync
        in_chroot nova nova-manage cell_v2 list_cells 2>/dev/null | grep -q ' cell1 ' ||
            step nova nova-manage cell_v2 create_cell --name cell1
    ) & pids+=($!)
    for pid in "${pids[@]}"; do wait "$pid"; done
    touch "$root/databases"
}

fill() { # PART: runs this part of bootstrap.py against the running services
    in_chroot root AIO_KEYSTONE_PORT="$keystone_port" AIO_NOVA_PORT="$nova_port" \
        AIO_CINDER_PORT="$cinder_port" AIO_PLACEMENT_PORT="$placement_port" \
        AIO_GLANCE_PORT="$glance_port" AIO_NEUTRON_PORT="$neutron_port" \
        AIO_ADMIN_PASSWORD="$admin_password" AIO_DEMO_PASSWORD="$demo_password" \
        AIO_SERVICE_PASSWORD="$service_password" AIO_COMPUTES="$computes" \
        python3 /usr/local/lib/aio/bootstrap.py "$1" </dev/null
}

start_keystone() {
    local url=http://127.0.0.1:$keystone_port/v3
    start_api keystone keystone "$keystone_port" 2 2 keystone.wsgi.api /usr/bin/keystone-wsgi-public
    await keystone 60 answers "$url"
    [ ! -e "$root/identities" ] || return 0
    step keystone keystone-manage bootstrap --bootstrap-password "$admin_password" \
        --bootstrap-region-id RegionOne --bootstrap-public-url "$url" \
        --bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
    fill identities
    touch "$root/identities"
}

start_services() {
    start_api placement-api placement "$placement_port" 1 4 placement.wsgi.api /usr/bin/placement-api
    start_api glance-api glance "$glance_port" 1 1 glance.wsgi.api /usr/bin/glance-wsgi-api
    # One thread: older releases use eventlet, which does not support several.
    start_api neutron-api neutron "$neutron_port" 1 1 neutron.wsgi.api /usr/bin/neutron-api \
        OS_NEUTRON_CONFIG_FILES='neutron.conf;plugins/ml2/ml2_conf.ini'
    start_api cinder-api cinder "$cinder_port" 2 1 cinder.wsgi.api /usr/bin/cinder-wsgi
    start cinder-scheduler cinder cinder-scheduler
    start cinder-volume cinder cinder-volume
    start nova-conductor nova nova-conductor
    await placement-api 60 answers "http://127.0.0.1:$placement_port/"
    start nova-scheduler nova nova-scheduler
    start nova-compute nova nova-compute
    if [ "$computes" = 2 ]; then
        start nova-compute-2 nova nova-compute --config-file /etc/nova/nova.conf \
            --config-file /etc/nova/nova-compute-2.conf
    else
        stop nova-compute-2
    fi
    start_api nova-api nova "$nova_port" 2 1 nova.wsgi.osapi_compute /usr/bin/nova-api-wsgi
    await glance-api 60 answers "http://127.0.0.1:$glance_port/"
    await neutron-api 90 answers "http://127.0.0.1:$neutron_port/"
    await cinder-api 60 answers "http://127.0.0.1:$cinder_port/"
    await nova-api 60 answers "http://127.0.0.1:$nova_port/"
}
