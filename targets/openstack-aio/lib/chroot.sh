# shellcheck shell=bash
# Installs a Debian system with OpenStack's packages in a folder.

# The mirror that the host's apt uses for its release.
mirror() {
    if [ -n "${AIO_MIRROR:-}" ]; then
        echo "$AIO_MIRROR"
        return
    fi
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    [ -n "$codename" ] || die "Cannot determine the Debian release of this machine. Set AIO_MIRROR to a mirror."
    {
        cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
            awk -v want="$codename" '$1 == "deb" { sub(/\[[^]]*\] */, ""); if ($3 == want) print $2 }'
        cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
            awk -v want="$codename" -v RS= '{
                uri = ""; hit = 0; n = split($0, line, "\n")
                for (i = 1; i <= n; i++) {
                    m = split(line[i], word, /[ \t]+/)
                    if (word[1] == "URIs:") uri = word[2]
                    if (word[1] == "Suites:") for (j = 2; j <= m; j++) if (word[j] == want) hit = 1
                }
                if (hit && uri != "") print uri
            }'
    } | awk 'NR == 1 { found = $0 } END { print found }' | grep . ||
        die "No mirror for $codename in /etc/apt. Set AIO_MIRROR to one."
}

in_chroot() { # USER COMMAND...
    local user=$1
    shift
    chroot --userspec="$user:$user" "$fs" /usr/bin/env -i \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/tmp LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PYTHONPATH=/usr/local/lib/aio PYTHONUNBUFFERED=1 "$@"
}

mount_proc() { mountpoint -q "$fs/proc" || mount -t proc proc "$fs/proc"; }

install_system() {
    [ ! -e "$root/installed" ] || return 0
    local from
    from=$(mirror)
    if [ ! -e "$root/bootstrapped" ]; then
        command -v debootstrap >/dev/null || {
            say "Installing debootstrap"
            { apt-get update && apt-get install -y --no-install-recommends debootstrap; } \
                >>"$root/log/install.log" 2>&1 || die "Installing debootstrap failed. See $root/log/install.log."
        }
        ! mountpoint -q "$fs/proc" || umount "$fs/proc"
        rm -rf "$fs"
        say "Bootstrapping $suite into $fs"
        debootstrap --variant=minbase "$suite" "$fs" "$from" >>"$root/log/install.log" 2>&1 ||
            die "debootstrap failed. See $root/log/install.log."
        touch "$root/bootstrapped"
    fi
    # Packages start no daemons and install no documentation.
    printf '#!/bin/sh\nexit 101\n' >"$fs/usr/sbin/policy-rc.d"
    chmod 755 "$fs/usr/sbin/policy-rc.d"
    printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' \
        'path-include=/usr/share/doc/*/copyright' 'path-exclude=/usr/share/man/*' \
        'path-exclude=/usr/share/locale/*' >"$fs/etc/dpkg/dpkg.cfg.d/aio"
    apt-config dump | grep -E '^Acquire::(Check-Valid-Until|Check-Date|https?::Proxy|Retries) ' \
        >"$fs/etc/apt/apt.conf.d/90aio" || true
    mount_proc
    say "Installing packages"
    {
        in_chroot root dpkg --configure -a &&
            in_chroot root apt-get update &&
            in_chroot root apt-get install -y --no-install-recommends "${packages[@]}" &&
            in_chroot root apt-get clean
    } </dev/null >>"$root/log/install.log" 2>&1 || die "Installing packages failed. See $root/log/install.log."
    touch "$root/installed"
}
