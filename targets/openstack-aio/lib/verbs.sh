# shellcheck shell=bash
# Implements the verbs.

up() {
    [ "$(id -u)" = 0 ] || die "'up' must run as root."
    mkdir -p "$root" "$base"
    if [ -n "$fresh" ]; then
        down
        rm -f "$root/databases" "$root/identities" "$root/resources"
        rm -rf "$fs/var/lib/mysql" "$fs"/var/lib/glance/images/* "$fs/var/lib/rabbitmq/mnesia" \
            "$fs"/var/lib/nova{,-2}/compute_id "$root/log"
    fi
    [ ! -e "$root/databases" ] || [ "$(cat "$root/settings")" = "$suite $offset" ] ||
        die "The ports of the cloud in $root cannot change. Pass --fresh to recreate it without its data."
    check_ports
    mkdir -p "$root/log" "$root/run"
    echo "$suite $offset" >"$root/settings"
    echo "$computes" >"$root/computes"
    ln -sfn "$root" "$base/current"
    install_system
    mount_proc
    configure
    if [ ! -d "$fs/var/lib/mysql/mysql" ]; then
        mkdir -p "$fs/var/lib/mysql"
        in_chroot root chown mysql:mysql /var/lib/mysql
        step root mariadb-install-db --defaults-file=/etc/aio/mariadb.cnf --user=mysql \
            --skip-test-db --auth-root-authentication-method=socket
    fi
    say "Starting the database and the message broker"
    start_backends
    setup_databases
    say "Starting Keystone"
    start_keystone
    say "Starting the other services"
    start_services
    fill services
    step nova nova-manage cell_v2 discover_hosts
    if [ ! -e "$root/resources" ]; then
        fill resources
        touch "$root/resources"
    fi
    [ -z "$network" ] || fill network
    fill ready
    write_clouds
    cat <<EOF
OpenStack ($suite) is up, after ${SECONDS}s.
  identity  http://127.0.0.1:$keystone_port/v3
  compute   http://127.0.0.1:$nova_port/v2.1
  volume    http://127.0.0.1:$cinder_port/v3
  image     http://127.0.0.1:$glance_port
  network   http://127.0.0.1:$neutron_port
  placement http://127.0.0.1:$placement_port
  logs      $root/log
$(print_env | sed 's/^/  /')
Clouds: aio-admin, aio-demo, aio-demo-reader, aio-demo-service, aio-alt, aio-system-admin.
EOF
}

down() {
    local i name list=()
    # The OpenStack services first and all at once, then what they depend on.
    for ((i = ${#services[@]} - 1; i >= 0; i--)); do
        name=${services[i]}
        case $name in mariadb | rabbitmq | epmd | memcached) continue ;; esac
        list+=("$name")
    done
    stop "${list[@]}"
    stop rabbitmq memcached
    stop mariadb epmd
    ! mountpoint -q "$fs/proc" || umount "$fs/proc" || umount -l "$fs/proc"
}

status() {
    local name pid url note failed=0
    echo "$suite in $root"
    for name in "${services[@]}"; do
        case $name in
            keystone) url=http://127.0.0.1:$keystone_port/v3 ;;
            placement-api) url=http://127.0.0.1:$placement_port/ ;;
            glance-api) url=http://127.0.0.1:$glance_port/ ;;
            neutron-api) url=http://127.0.0.1:$neutron_port/ ;;
            cinder-api) url=http://127.0.0.1:$cinder_port/ ;;
            nova-api) url=http://127.0.0.1:$nova_port/ ;;
            *) url='' ;;
        esac
        if pid=$(pid_of "$name"); then
            note="running (pid $pid)"
            if [ -n "$url" ]; then
                if answers "$url"; then note+=", responds at $url"; else note+=", no response at $url" failed=1; fi
            fi
        else
            note=stopped failed=1
        fi
        printf '  %-17s %s\n' "$name" "$note"
    done
    return "$failed"
}

logs() {
    if [ -z "${1:-}" ]; then
        ls "$root/log"
    else
        [ -f "$root/log/$1.log" ] || die "There is no log of $1 in $root/log. List the logs with: aio logs"
        cat "$root/log/$1.log"
    fi
}

print_env() {
    local release range
    release=$(in_chroot root dpkg-query -W -f '${Version}' nova-common)
    release=${release#*:}
    range=$(curl -s -m 20 --noproxy '*' "http://127.0.0.1:$nova_port/" |
        sed -n 's/.*"version": "\([0-9.]\{1,\}\)", "min_version": "\([0-9.]\{1,\}\)".*/\2 \1/p') || die "nova-api of $suite does not respond. Start the cloud with: aio up --suite $suite"
    echo "OS_CLIENT_CONFIG_FILE=$root/clouds.yaml"
    echo "AIO_SUITE=$suite"
    echo "AIO_NOVA_VERSION=${release%%-*}"
    echo "AIO_COMPUTE_MIN_MICROVERSION=${range% *}"
    echo "AIO_COMPUTE_MAX_MICROVERSION=${range#* }"
}

run_suite() { # [OPTION...]: options of openstack-conformance run
    local main=$here/../../dist/cli/main.js
    [ -f "$main" ] || die "The suite is not built. Run 'npm ci && npm run build' in $(readlink -f "$here/../..")."
    answers "http://127.0.0.1:$nova_port/" || die "$suite does not respond. Start it with: aio up --suite $suite"
    OS_CLIENT_CONFIG_FILE=$root/clouds.yaml exec node "$main" run --os-cloud aio-demo --reader aio-demo-reader \
        --other aio-alt --admin aio-admin --service aio-demo-service --capability exclusive "$@"
}
