# shellcheck shell=bash
# Parses the options and derives release, folder and ports.

packages=(
    mariadb-server rabbitmq-server memcached uwsgi-core uwsgi-plugin-python3
    keystone placement-api glance-api cinder-api cinder-scheduler cinder-volume
    neutron-common python3-neutron nova-api nova-conductor nova-scheduler python3-nova
)

# In the order of starting; they stop in reverse order.
services=(
    mariadb epmd rabbitmq memcached keystone placement-api glance-api neutron-api
    cinder-api cinder-scheduler cinder-volume
    nova-api nova-conductor nova-scheduler nova-compute
)

admin_password=admin-pw
demo_password=demo-pw
service_password=service-pw

say() { printf '%s\n' "$*" >&2; }
die() { say "aio: $*"; exit 1; }

parse() {
    verb=${1:-}
    [ $# -eq 0 ] || shift
    suite='' root='' offset='' fresh='' computes='' network='' args=()
    while [ $# -gt 0 ]; do
        case $1 in
            --suite) suite=${2:?--suite needs a name: bookworm, trixie or sid}; shift ;;
            --root) root=${2:?--root needs a folder}; shift ;;
            --offset) offset=${2:?--offset needs a number}; shift ;;
            --computes) computes=${2:?--computes needs a number: 1 or 2}; shift ;;
            --network) network=1 ;;
            --fresh) fresh=1 ;;
            --) shift; args+=("$@"); break ;;
            -*) usage >&2; die "Unknown option: $1." ;;
            *) args+=("$1") ;;
        esac
        shift
    done
    if [ -z "$root" ]; then
        if [ -z "$suite" ] && [ "$verb" != up ] && [ -L "$base/current" ]; then
            root=$(readlink -f "$base/current")
        else
            root=$base/${suite:-sid}
        fi
    fi
    root=$(readlink -m "$root")
    fs=$root/rootfs
    if [ -f "$root/settings" ]; then
        local kept_suite kept_offset
        read -r kept_suite kept_offset <"$root/settings"
        [ -z "$suite" ] || [ "$suite" = "$kept_suite" ] || die "$root contains $kept_suite, not $suite. Choose another --root, or leave out --suite."
        suite=$kept_suite
        offset=${offset:-$kept_offset}
    fi
    case ${computes:-1} in
        1 | 2) ;;
        *) die "Unknown number of compute hosts: $computes. Choose 1 or 2." ;;
    esac
    [ -n "$computes" ] || [ ! -f "$root/computes" ] || computes=$(cat "$root/computes")
    computes=${computes:-1}
    [ "$computes" = 1 ] || services+=(nova-compute-2)
    suite=${suite:-sid}
    case $suite in
        sid) : "${offset:=10000}" ;;
        trixie) : "${offset:=11000}" ;;
        bookworm) : "${offset:=12000}" ;;
        *) die "Unknown suite: $suite. Choose bookworm, trixie or sid." ;;
    esac
    db_port=$((offset + 3306))
    epmd_port=$((offset + 4369))
    keystone_port=$((offset + 5000))
    amqp_port=$((offset + 5672))
    dist_port=$((offset + 5673))
    nova_port=$((offset + 8774))
    cinder_port=$((offset + 8776))
    placement_port=$((offset + 8778))
    glance_port=$((offset + 9292))
    neutron_port=$((offset + 9696))
    memcache_port=$((offset + 11211))
}
