#!/usr/bin/env bash
# Installs or upgrades P3.5 as a systemd service. Safe to run any number of times: what is there already stays.
# It looks before it changes anything, keeps the previous release, and goes back by itself when the new one is not ready.
set -euo pipefail
umask 022 # the service's user reads what is put down here

UNIT=quantum-p35-decision-intelligence.service
CACHE_FROM_JAVA=25 # with the version that makes a cache in one step
TRAINING_SECONDS=20
CREDENTIALS="api-token:P35_API_TOKEN_FILE discord-webhook-url:P35_DISCORD_WEBHOOK_URL_FILE"

usage() {
    cat <<'HELP'
deploy.sh: installs or upgrades the service quantum-p35-decision-intelligence, as root

  deploy/deploy.sh                 this distribution (in a checkout: the one that was built last)
  deploy/deploy.sh --from PATH     another one: a folder or a p35-<version>.tar.gz
  deploy/deploy.sh --rollback      back to the release before
  deploy/deploy.sh --check         only looks: would it work?

Options
  --wait SECONDS   how long a release may take until it is ready (60); then it is rolled back
  --root DIR       everything under DIR instead of /: to try it out

Exit status: 0 done, 1 refused, nothing was changed, 2 not ready, the release before runs again (when there was one)
HELP
}

say() { printf 'deploy: %s\n' "$*"; }
die() {
    printf 'deploy: %s\n' "$*" >&2
    exit 1
}

# ---- what is asked --------------------------------------------------------------------------------------------------

FROM='' ROOT='' TASK=deploy PATIENCE=60 SAVED='' WHY=''
while (($#)); do
    case $1 in
        --from | --root | --wait) (($# > 1)) || die "$1 needs a value: deploy.sh --help" ;;&
        --from) FROM=$2 && shift ;;
        --root) ROOT=$(realpath -m "$2") && shift ;;
        --wait) PATIENCE=$2 && shift ;;
        --rollback) TASK=rollback ;;
        --check) TASK=check ;;
        -h | --help | help) usage && exit ;;
        *) die "there is no '$1': deploy.sh --help lists what there is" ;;
    esac
    shift
done
[[ $PATIENCE =~ ^[1-9][0-9]*$ ]] || die "--wait is '$PATIENCE': it must be a whole number of seconds"

HERE=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BASE=$ROOT/opt/quantum-p35
CONF=$ROOT/etc/quantum-p35
UNITS=$ROOT/etc/systemd/system
AS_SERVICE=(env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/)
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

# ---- what is there --------------------------------------------------------------------------------------------------

# The release that a link names; nothing when there is none.
release_of() { [[ ! -e $BASE/$1/p35 ]] || readlink "$BASE/$1"; }

# setting VARIABLE SECTION KEY DEFAULT: as the service will see it
setting() {
    local value='' file=$CONF/p35.yaml
    [[ ! -r $CONF/p35.env ]] || value=$(sed -n "s/^$1=//p" "$CONF/p35.env" | tail -n 1 | tr -d "\"'")
    [[ -e $file ]] || file=$(shipped_of "$FROM")/p35.yaml
    [[ -n $value || ! -r $file ]] || value=$(awk -v section="$2:" -v key="$3:" \
        '/^[^ #]/ { here = $1 == section } here && $1 == key { gsub(/["\047]/, "", $2); print $2; exit }' "$file")
    printf '%s\n' "${value:-$4}"
}

# The configuration that a distribution or a release brings.
shipped_of() { [[ ! -d $1/conf.shipped ]] && echo "$1/conf" || echo "$1/conf.shipped"; }

# follows NAME OLD: nobody edited that file, so it is the next release's. OLD, a release, may be blank
follows() { [[ ! -e $CONF/$1 ]] || { [[ -n $2 ]] && cmp -s "$CONF/$1" "$2/conf.shipped/$1"; }; }

# The secrets that are put down, as pairs of CREDENTIALS.
secrets() {
    local pair
    for pair in $CREDENTIALS; do
        [[ ! -s $CONF/credentials/${pair%%:*} ]] || echo "$pair"
    done
}

# Which Java the service will find: it has no JAVA_HOME and no PATH of whoever deploys.
java_of() { "${AS_SERVICE[@]}" P35_JAVA_HOME="$(setting P35_JAVA_HOME '' '' '')" "$1/p35" java; }

java_stamp() { "$1" -version 2>&1; }

java_major() { java_stamp "$1" | awk -F '[".]' '/version "/ { major = $2 } END { print major + 0 }'; }

address() {
    local host
    host=$(setting P35_HTTP_HOST dashboard host 127.0.0.1)
    case $host in
        0.0.0.0) host=127.0.0.1 ;;
        *:*) host="[$([[ $host == :: ]] && echo ::1 || echo "$host")]" ;;
    esac
    printf 'http://%s:%s\n' "$host" "$(setting P35_HTTP_PORT dashboard port 8035)"
}

is_ready() { curl --disable --silent --fail --noproxy '*' --max-time 3 --output /dev/null "$(address)/health/ready"; }

# The same files have the same name: a release is never installed twice. One that is installed has its name.
name_of() {
    local version digest
    [[ ! -e $1/.complete ]] || { basename "$1" && return; }
    version=$("$1/p35" --version)
    digest=$(cd "$1" && find . -type f ! -name 'p35.aot*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
    printf '%s-%s\n' "${version#p35 }" "${digest:0:12}"
}

# ---- looking before changing ----------------------------------------------------------------------------------------

find_distribution() {
    if [[ -f $FROM ]]; then
        mkdir "$SCRATCH/unpacked"
        tar -xzf "$FROM" -C "$SCRATCH/unpacked" --strip-components=1 || die "$FROM cannot be unpacked: give a p35-<version>.tar.gz"
        FROM=$SCRATCH/unpacked
    elif [[ -z $FROM ]]; then
        FROM=$HERE
        [[ -d $HERE/lib ]] || FROM=$HERE/verticles/runtime/target/p35
        [[ -d $FROM/lib ]] || die "there is no distribution in $HERE: build one with 'mvn -q -DskipTests package', or give --from"
    fi
    [[ -d $FROM ]] || die "--from is '$FROM': there is no such folder or file"
    FROM=$(cd -P "$FROM" && pwd)
    local part
    for part in p35 lib "deploy/$UNIT"; do
        [[ -e $FROM/$part ]] || die "$FROM is no distribution: it has no $part"
    done
    for part in p35.yaml gates.yaml; do
        [[ -e $(shipped_of "$FROM")/$part ]] || die "$FROM is no distribution: it has no conf/$part"
    done
    [[ ! -e $FROM/.complete || $FROM -ef $BASE/releases/${FROM##*/} ]] \
        || die "$FROM is a release of another installation: give --from the distribution that it was made of"
}

# What a start would find in $CONF, the release itself reads: one that refuses it would not run, and would end what does.
check_configuration() {
    local home=$SCRATCH/home old file pair given=() words=()
    # the releases before there was a check
    [[ $("$FROM/p35" help) == *'p35 check'* ]] || return 0
    file=$(find -L "$CONF" -maxdepth 1 -name '*.yaml' ! -perm -o=r 2>/dev/null || true)
    [[ -z $file ]] || die "the service's user cannot read $file: chmod o+r"
    old=$(release_of current)
    mkdir -p "$home/conf"
    cp "$FROM/p35" "$home"
    ln -s "$FROM/lib" "$FROM/webroot" "$home"
    for file in "$CONF"/*; do [[ ! -e $file ]] || ln -s "$file" "$home/conf"; done
    for file in "$(shipped_of "$FROM")"/*; do
        ! follows "${file##*/}" "${old:+$BASE/$old}" || ln -sfn "$file" "$home/conf/${file##*/}"
    done
    for pair in $(secrets); do given+=("${pair#*:}=$CONF/credentials/${pair%%:*}"); done
    [[ ! -r $CONF/p35.env ]] || mapfile -t -O "${#given[@]}" given < <(variables "$CONF/p35.env")
    # a drop-in may add words, as --cluster
    read -ra words < <(cat "$UNITS/$UNIT.d"/*.conf 2>/dev/null | sed -n 's:^ExecStart=.*/p35 run::p' | tail -n 1; echo) || true
    (cd / && "${AS_SERVICE[@]}" ${given[@]+"${given[@]}"} "$home/p35" check ${words[@]+"${words[@]}"}) 2>&1 >/dev/null \
        | sed "s:$home/conf:$CONF:g" >&2 \
        || die "with what is in $CONF the service would not start, as it says above: mend it (p35.yaml, where no other" \
            "file is named); what runs goes on"
}

# Those of ours that an environment file sets, without their quotes.
variables() { sed -nE "s/^[[:space:]]*(P35_[A-Z_]+)=[\"']?(.*[^\"'[:space:]])[\"']?[[:space:]]*$/\1=\2/p" "$1"; }

check_redis() {
    local url rest host port
    url=$(setting P35_REDIS_URL redis url redis://127.0.0.1:6379/0)
    rest=${url//redis:\/\//} # each of a list may have its scheme
    rest=${rest//rediss:\/\//}
    rest=${rest##*@}
    if [[ $url == unix://* ]]; then
        rest=${rest#unix://}
        rest=${rest%%\?*}
        [[ -S $rest ]] || die "Redis: there is no socket $rest: start Redis, or mend P35_REDIS_URL in $CONF/p35.env"
        return
    fi
    port=6379
    [[ $url == *sentinel=* ]] && port=26379
    rest=${rest%%[/?]*}
    for host in ${rest//,/ }; do
        answers "$host" "$port" "${url%%:*}" && return
    done
    die "Redis does not answer at ${rest//,/, nor at }: start it, or set P35_REDIS_URL in $CONF/p35.env"
}

# answers HOST[:PORT] DEFAULT_PORT SCHEME: an answer that asks for a password is an answer; behind TLS a connection must do
answers() {
    local host=$1 port=$2
    [[ $host =~ ^(.*):([0-9]+)$ ]] && host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
    host=${host#[}
    host=${host%]}
    # shellcheck disable=SC2016  # $1 to $3 are of the inner shell, whose connection timeout can end
    timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2" && [[ $3 == rediss ]] && exit; printf "PING\r\n" >&3
        read -r answer <&3 && [[ $answer == [+-]* ]]' redis "$host" "$port" "$3" 2>/dev/null
}

check() {
    local command java needed free folder
    [[ -n $ROOT ]] || ((EUID == 0)) || die "this installs a service: run it as root"
    for command in systemctl curl sha256sum flock awk tar; do
        command -v "$command" >/dev/null || die "$command is missing: install it"
    done
    find_distribution
    java=$(java_of "$FROM") || die "the service would not find a Java; what it says is above"
    case $java in
        /home/* | /root/*) die "the only Java is $java, and the service cannot see /home and /root: install one for all" ;;
    esac
    check_configuration
    check_redis
    if [[ -z $ROOT ]] && command -v systemd-analyze >/dev/null; then
        # it says that the program is missing, as it is before the first installation
        systemd-analyze verify "$FROM/deploy/$UNIT" 2>&1 | grep "$UNIT" | grep -v 'is not executable' >&2 \
            && die "systemd does not understand the unit, as it says above: it needs version 250 or newer"
    fi
    folder=$BASE
    while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
    needed=$(($(du -sk "$FROM" | cut -f 1) * 2 + 150000))
    free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
    ((free > needed)) || die "$folder has $((free / 1024)) MB free and $((needed / 1024)) are needed: make room"
    if ! systemctl is-active --quiet "$UNIT" && is_ready; then
        die "something else answers at $(address), perhaps a demo: end it, or set P35_HTTP_PORT in $CONF/p35.env"
    fi
    say "Java $java, Redis answers, $((free / 1024)) MB free"
}

# ---- changing -------------------------------------------------------------------------------------------------------

# An ahead-of-time cache, which halves the start: made by the demo, which touches nobody's Redis. None is no harm.
make_cache() {
    local release=$1 java pid='' url='' i
    java=$(java_of "$release")
    (($(java_major "$java") >= CACHE_FROM_JAVA)) || return 0
    # the same Java would make the same again, or none again
    [[ $(java_stamp "$java") != "$(cat "$release/p35.aot.java" 2>/dev/null)" ]] || return 0
    say "making the cache for a fast start, about $((TRAINING_SECONDS + 20)) s"
    local work=$SCRATCH/training drop=() user=$((61184 + RANDOM % 4000))
    mkdir "$work"
    if ((EUID == 0)) && command -v setpriv >/dev/null; then
        # a user that nobody is, as the service itself will have
        chmod 755 "$SCRATCH"
        chown "$user:$user" "$work"
        drop=(setpriv "--reuid=$user" "--regid=$user" --clear-groups)
    fi
    # exec, so that the process that is told to end is Java's own
    (exec 9>&- && cd "$work" && exec "${AS_SERVICE[@]}" TMPDIR="$work" P35_JAVA_HOME="${java%/bin/java}" \
        P35_JAVA_OPTS="-XX:AOTCacheOutput=$work/p35.aot" "${drop[@]}" "$release/p35" demo --port 0) >"$work.log" 2>&1 &
    pid=$!
    for ((i = 0; i < 60 && ${#url} == 0; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 1
        url=$(sed -n 's/.*dashboard on \(http:[^ ]*\).*/\1/p' "$work.log")
    done
    for ((i = 0; i < TRAINING_SECONDS && ${#url}; i++)); do
        sleep 1
        curl --disable --silent --noproxy '*' --max-time 3 --output /dev/null "$url/api/v1/why" || true
    done
    # when it ends it writes the cache
    kill -TERM "$pid" 2>/dev/null || true
    for ((i = 0; i < 90; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    java_stamp "$java" >"$release/p35.aot.java"
    if [[ -n $url && -s $work/p35.aot ]]; then
        install -m 644 "$work/p35.aot" "$release/p35.aot.new"
        mv "$release/p35.aot.new" "$release/p35.aot" # the running service keeps the one that it has open
    else
        rm -f "$release/p35.aot"
        say "no cache was made, so starts take longer; the end of what the demo said:"
        # without what Java says of the cache, and where in the code an error was
        { grep -vE 'JAVA_TOOL_OPTIONS|AOT|^\[[0-9.]+s\]|^[[:space:]]+(at|\.\.\.) ' "$work.log" || true; } | tail -n 10 | cut -c -300
    fi
}

add_release() {
    local release=$BASE/releases/$1
    if [[ ! -e $release/.complete ]]; then
        rm -rf "$release"
        mkdir -p "$release"
        cp -R "$FROM/." "$release"
        chmod -R u=rwX,go=rX "$release"
        mv "$release/conf" "$release/conf.shipped"
        # while it is trained, its own configuration counts
        ln -s conf.shipped "$release/conf"
        make_cache "$release"
        ln -sfn "$CONF" "$release/conf"
        touch "$release/.complete"
        say "added release $1"
    else
        # after an upgrade of Java the old one is passed over
        make_cache "$release"
    fi
}

keys_of() { awk '/^[a-z]/ { section = $1 } /^  [A-Za-z]/ { sub(/:.*/, ":", $1); print section " " $1 }' "$1"; }

# place_configuration OLD NEW: a file that nobody edited follows the release, an edited one stays. OLD may be blank.
place_configuration() {
    local old=$1 shipped name mine
    mkdir -p "$CONF"
    install -d -m 700 "$CONF/credentials"
    [[ -e $CONF/p35.env ]] || (umask 077 && printf '%s\n' '# P35_REDIS_URL=redis://127.0.0.1:6379/0' \
        '# P35_HTTP_PORT=8035' >"$CONF/p35.env")
    for shipped in "$2"/conf.shipped/*; do
        name=${shipped##*/}
        mine=$CONF/$name
        if follows "$name" "$old"; then
            cmp -s "$shipped" "$mine" && continue
            install -m 644 "$shipped" "$mine.new" && mv "$mine.new" "$mine" || return 1
            say "$mine is the release's"
        elif ! cmp -s "$shipped" "$mine" && ! cmp -s "$shipped" "$old/conf.shipped/$name"; then
            say "$mine was edited and stays; the release's own is $shipped"
            [[ $name != p35.yaml ]] || comm -13 <(keys_of "$mine" | sort) <(keys_of "$shipped" | sort) \
                | sed 's/^/deploy:   not in yours, so its default counts: /'
        fi
    done
}

# The first release failed: only what somebody edited stays.
take_back_configuration() {
    local shipped
    for shipped in "$1"/conf.shipped/*; do
        ! cmp -s "$shipped" "$CONF/${shipped##*/}" || rm "$CONF/${shipped##*/}"
    done
}

# A unit that neither the old release nor the new one brought is somebody's own, or the earlier service's: kept aside.
place_unit() {
    local unit=$UNITS/$UNIT old=$1 new=$2/deploy/$UNIT
    mkdir -p "$UNITS"
    if [[ -e $unit ]] && ! cmp -s "$unit" "$new" && ! { [[ -n $old ]] && cmp -s "$unit" "$old/deploy/$UNIT"; }; then
        cp -p "$unit" "$unit.saved" || return 1
        SAVED=yes
        say "$unit was changed by hand or is another service's: kept as $unit.saved; put changes into a drop-in (systemctl edit $UNIT)"
    fi
    cmp -s "$unit" "$new" || install -m 644 "$new" "$unit" || return 1
    place_credentials
}

# One file in credentials/ is one secret that the service gets; nobody else can read it.
place_credentials() {
    local dropin=$UNITS/$UNIT.d/credentials.conf pair name wanted=$SCRATCH/credentials.conf
    printf '[Service]\n' >"$wanted"
    for pair in $(secrets); do
        name=${pair%%:*}
        printf 'LoadCredential=%s:%s\nEnvironment=%s=%%d/%s\n' "$name" "$CONF/credentials/$name" "${pair#*:}" "$name" >>"$wanted"
    done
    mkdir -p "$UNITS/$UNIT.d"
    cmp -s "$wanted" "$dropin" || install -m 644 "$wanted" "$dropin"
}

point() { # point LINK RELEASE: at once, so that there is never none
    ln -sfn "releases/$2" "$BASE/.$1" && mv -T "$BASE/.$1" "$BASE/$1"
}

# What a start reads and no running service does: when it was started with the same, it need not restart.
state() {
    { readlink "$BASE/current"; cat "$UNITS/$UNIT" "$UNITS/$UNIT.d"/*.conf "$CONF/p35.env" "$CONF/credentials"/* || true; } \
        2>/dev/null | sha256sum
}

ready_in_time() {
    local end=$((SECONDS + PATIENCE))
    while ((SECONDS < end)); do
        if is_ready && systemctl is-active --quiet "$UNIT"; then
            sleep 2 # and stays so
            if is_ready && systemctl is-active --quiet "$UNIT"; then return 0; fi
        fi
        sleep 1
    done
    return 1
}

# activate OLD NEW: OLD may be blank. Called where set -e does not count: each step says itself whether it went well.
activate() {
    local old=${1:+$BASE/releases/$1}
    WHY='could not be put in place, as it says above'
    place_configuration "$old" "$BASE/releases/$2" \
        && place_unit "$old" "$BASE/releases/$2" \
        && point current "$2" \
        && systemctl daemon-reload \
        && systemctl enable --quiet "$UNIT" \
        || return 1
    WHY="was not ready within $PATIENCE s"
    rm -f "$BASE/.started-with"
    # returns when it has started; what counts is what we see ourselves
    timeout "$PATIENCE" systemctl restart "$UNIT" || true
    ready_in_time && (umask 077 && state >"$BASE/.started-with")
}

# The same release, which ran before: another one would not help.
not_ready() {
    say "the release $WHY; if something in $CONF was changed, undo it and run this again; else look at 'journalctl -u $UNIT'"
    exit 2
}

go_back() { # go_back FAILED OLD
    say "release $1 $WHY; what it said last:"
    [[ -n $ROOT ]] || journalctl --no-pager -u "$UNIT" -n 15 -o cat || true
    if [[ -n $2 ]]; then
        say "going back to $2"
        activate "$1" "$2" || die "release $2 is not ready either: look at 'journalctl -u $UNIT'"
        say "release $2 runs again; nothing was lost: what came meanwhile is counted now"
        exit 2
    fi
    take_back_configuration "$BASE/releases/$1"
    rm -f "$BASE/current"
    if [[ -n $SAVED ]]; then
        mv "$UNITS/$UNIT.saved" "$UNITS/$UNIT"
        rm -f "$UNITS/$UNIT.d/credentials.conf"
        systemctl daemon-reload
        systemctl restart "$UNIT" || true
        say "the service that was there before was started again"
    else
        systemctl disable --now --quiet "$UNIT" || true
        say "there is no release before it: the service is stopped. Mend what it says and run this again"
    fi
    exit 2
}

prune() {
    local release
    for release in "$BASE"/releases/*/; do
        release=$(basename "$release")
        [[ releases/$release == "$(release_of current)" || releases/$release == "$(release_of previous)" ]] \
            || rm -rf "${BASE:?}/releases/$release"
    done
}

deploy() {
    local name old
    name=$(name_of "$FROM")
    old=$(release_of current)
    old=${old#releases/}
    add_release "$name"
    if [[ $old == "$name" ]]; then
        place_configuration "$BASE/releases/$name" "$BASE/releases/$name"
        place_unit "$BASE/releases/$name" "$BASE/releases/$name"
        if [[ $(state) == "$(cat "$BASE/.started-with" 2>/dev/null)" ]] && systemctl is-active --quiet "$UNIT" && is_ready; then
            systemctl enable --quiet "$UNIT"
            say "release $name runs already and is ready: nothing to do"
            return
        fi
    fi
    if ! activate "$old" "$name"; then
        [[ $old != "$name" ]] || not_ready
        go_back "$name" "$old"
    fi
    [[ -z $old || $old == "$name" ]] || point previous "$old"
    prune
    say "release $name is ready at $(address)"
}

rollback() {
    local old new
    old=$(release_of current)
    new=$(release_of previous)
    old=${old#releases/}
    new=${new#releases/}
    FROM=$BASE/releases/$new
    check_configuration
    check_redis
    activate "$old" "$new" || go_back "$new" "$old"
    [[ -z $old ]] || point previous "$old"
    say "release $new is ready at $(address); --rollback again goes forward to $old"
}

if [[ $TASK == rollback ]]; then
    [[ -n $(release_of previous) ]] || die "there is no release before this one in $BASE/releases"
else
    check
fi
[[ $TASK != check ]] || exit 0
[[ -n $ROOT ]] || ((EUID == 0)) || die "this changes a service: run it as root"
mkdir -p "$BASE/releases"
exec 9>"$BASE/.lock"
flock -n 9 || die "another deploy.sh is at work in $BASE: wait for it"
"$TASK"
