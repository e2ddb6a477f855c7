# shellcheck shell=bash
# Starts, finds and stops processes, only those started here.

# A pid file contains a process id and the start time of the process, to recognise an id
# that the system has reused for another process.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

pid_of() { # SERVICE: prints its process id, if it runs
    local pid since
    [ -f "$root/run/$1.pid" ] || return 1
    read -r pid since <"$root/run/$1.pid" || return 1
    [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] || return 1
    [ "$(sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f1)" != Z ] || return 1
    echo "$pid"
}

start() { # SERVICE USER COMMAND...
    local name=$1 user=$2 pid
    shift 2
    pid_of "$name" >/dev/null && return 0
    setsid chroot --userspec="$user:$user" "$fs" /usr/bin/env -i \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/tmp LC_ALL=C.UTF-8 PYTHONPATH=/usr/local/lib/aio PYTHONUNBUFFERED=1 "$@" \
        </dev/null >>"$root/log/$name.log" 2>&1 &
    pid=$!
    echo "$pid $(started_at "$pid")" >"$root/run/$name.pid"
}

# Starts an API with uWSGI: from the module of its application if the release has one,
# otherwise from the script that older releases install.
start_api() { # SERVICE USER PORT PROCESSES THREADS MODULE SCRIPT [VARIABLE=VALUE...]
    local name=$1 user=$2 port=$3 processes=$4 threads=$5 module=$6 script=$7 app
    shift 7
    if [ -e "$fs/usr/lib/python3/dist-packages/${module//./\/}.py" ]; then
        app="--module=$module:application"
    else
        app="--wsgi-file=$script"
    fi
    start "$name" "$user" "$@" /usr/bin/uwsgi-core --plugins=python3 "$app" \
        --http-socket="127.0.0.1:$port" --add-header='Connection: close' --master \
        --processes="$processes" --threads="$threads" --enable-threads --lazy-apps --need-app \
        --die-on-term --thunder-lock --buffer-size=65535 --listen=100 --procname="$name"
}

await() { # SERVICE SECONDS COMMAND...: waits until the command succeeds
    local name=$1 limit=$2 end
    shift 2
    end=$((SECONDS + limit))
    until "$@" >/dev/null 2>&1; do
        pid_of "$name" >/dev/null || die "$name stopped. See $root/log/$name.log."
        [ "$SECONDS" -lt "$end" ] || die "$name does not respond after $limit s. See $root/log/$name.log."
        sleep 0.3
    done
}

answers() { # URL
    local code
    code=$(curl -s -o /dev/null -m 20 -w '%{http_code}' --noproxy '*' "$1")
    [ "$code" -ge 200 ] && [ "$code" -lt 500 ]
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

stop() { # SERVICE...: terminates all, and kills those that still run after 8 seconds
    local name pid end pids=() rest
    for name; do
        if pid=$(pid_of "$name"); then
            kill -TERM "$pid"
            pids+=("$pid")
        fi
    done
    end=$((SECONDS + 8))
    for pid in "${pids[@]}"; do
        while [ -e "/proc/$pid" ] && [ "$SECONDS" -lt "$end" ]; do sleep 0.1; done
        # 'start' runs each service in a session of its own.
        rest=$(ps -o pid= -s "$pid") || continue
        # shellcheck disable=SC2086
        kill -KILL $rest 2>/dev/null || true
    done
    for name; do rm -f "$root/run/$name.pid"; done
}
