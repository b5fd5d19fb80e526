#!/usr/bin/env bash
# Make this machine one of a hall's: its server, a kiosk, a board or a device agent. Run it from a checkout, as root; run it again to
# update, or after anything went wrong: what is in place stays, settings and data are never overwritten.
set -euo pipefail
umask 022

usage() {
	cat >&2 <<'END'
usage: systemd/install.sh ROLE [options]

  server                       the queue server, its console and its pages
  kiosk                        the touchscreen where citizens take a number
  board                        the large screen that shows and speaks the calls
  agent                        counter displays, call keypads, loudspeakers

  --server URL                 kiosk, board, agent: the hall's server (default http://127.0.0.1:8080)
  --printer URL                kiosk: the ticket printer (default escpos+usb://)
  --name NAME                  kiosk, agent: its name in the log and on the devices' page (default kiosk-1, agent-1)
  --camera                     agent: with the libraries for cameras
  --token-file FILE            kiosk, agent: its token, as the server's `motcua token` printed it;
                               not needed where the server runs on the same machine
  --dry-run                    say what would be done, and do nothing
END
	exit 2
}

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
files=$checkout/systemd
role=${1:-}
server=http://127.0.0.1:8080 printer=escpos+usb:// name='' token_file='' camera='' dry=''
[ $# -gt 0 ] && shift
while [ $# -gt 0 ]; do
	case $1 in
	--dry-run) dry=yes ;;
	--camera) camera=yes ;;
	--server | --printer | --name | --token-file)
		[ $# -ge 2 ] || usage
		case $1 in
		--server) server=${2%/} ;;
		--printer) printer=$2 ;;
		--name) name=$2 ;;
		--token-file) token_file=$2 ;;
		esac
		shift
		;;
	*) usage ;;
	esac
	shift
done
case $role in
server)
	extras=server user=motcua
	packages="python3 python3-venv espeak-ng sqlite3"
	units="motcua-server.service motcua-maintenance.service motcua-maintenance.timer"
	enabled="motcua-server.service motcua-maintenance.timer"
	;;
kiosk)
	extras=kiosk user=motcua-kiosk
	packages="python3 python3-venv cage xwayland dbus libpam-systemd libgl1 libgl1-mesa-dri libegl1 libgles2 libmtdev1"
	units=motcua-kiosk.service enabled=$units
	;;
board)
	extras='' user=motcua-board
	packages="cage dbus libpam-systemd chromium"
	units=motcua-board.service enabled=$units
	;;
agent)
	extras="devices${camera:+ camera}" user=motcua-agent
	packages="python3 python3-venv espeak-ng alsa-utils"
	units=motcua-agent.service enabled=$units
	;;
*) usage ;;
esac
name=${name:-$role-1}
for value in "$server" "$printer" "$name"; do
	[[ $value =~ ^[A-Za-z0-9:/?\&=._+%,-]*$ ]] || {
		echo "install.sh: a space or a special sign in “$value”" >&2
		exit 2
	}
done

say() { printf '%s\n' "install.sh: $*"; }
stop() {
	printf '%s\n' "install.sh: $*" >&2
	exit 1
}
run() {
	if [ -n "$dry" ]; then
		printf '  %s\n' "$*"
	else
		"$@"
	fi
}

[ -n "$dry" ] || [ "$(id -u)" = 0 ] || stop "this changes the machine: run it as root, or with --dry-run to see what it would do"

# --- Debian packages -------------------------------------------------------------------------------------------------

missing=''
for package in $packages; do
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=" $package"
done
if [ -n "$missing" ]; then
	say "Debian packages:$missing"
	run apt-get update -q
	# shellcheck disable=SC2086  # one word per package
	run env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
fi

# --- Accounts and folders --------------------------------------------------------------------------------------------

say "account $user and its folders"
run install -D -m 644 "$files/sysusers.d/motcua-$role.conf" "/etc/sysusers.d/motcua-$role.conf"
run install -D -m 644 "$files/tmpfiles.d/motcua-$role.conf" "/etc/tmpfiles.d/motcua-$role.conf"
run systemd-sysusers "/etc/sysusers.d/motcua-$role.conf"
run systemd-tmpfiles --create "/etc/tmpfiles.d/motcua-$role.conf"

# --- The program -----------------------------------------------------------------------------------------------------

# Each version stands in a folder of its own; a link says which one is in use, so an update that fails halfway changes
# nothing. A machine with two roles gets the packages of both.
install_program() {
	local python=/usr/bin/python3 key release subset
	"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Python 3.11 or newer is needed"
	[ ! -e /etc/motcua/server.env ] || [[ " $extras " == *" server "* ]] || extras+=" server"
	[ ! -e /etc/motcua/kiosk.env ] || [[ " $extras " == *" kiosk "* ]] || extras+=" kiosk"
	[ ! -e /etc/motcua/agent.env ] || [[ " $extras " == *" devices "* ]] || extras+=" devices"
	# A machine that once had cameras keeps their libraries.
	[ ! -e /opt/motcua/venv/lib/python3*/site-packages/cv2 ] || [[ " $extras " == *" camera"* ]] || extras+=" camera"
	extras=$(printf '%s\n' $extras | sort | tr '\n' ' ')
	key=$(
		cd "$checkout"
		{
			printf '%s\n' "$extras"
			"$python" --version
			find pyproject.toml requirements.lock kiosk queue_server display_board hardware -type f \
				-not -path '*/__pycache__/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
		} | sha256sum | cut -c1-12
	)
	release=/opt/motcua/release-$key
	if [ ! -e "$release/complete" ]; then
		say "the program, with the locked packages of: $extras"
		run rm -rf "$release"
		run "$python" -m venv "$release"
		if [ -n "$dry" ]; then
			echo "  $release/bin/pip install --require-hashes (the part of requirements.lock for: setup $extras)"
		else
			subset=$(mktemp)
			# shellcheck disable=SC2064,SC2086  # the name is known now; one word per extra
			trap "rm -f '$subset'" EXIT
			"$python" "$checkout/.setup/select-locked" setup $extras >"$subset"
			"$release/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
				--only-binary :all: -r "$subset"
		fi
		run "$release/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
			--no-cache-dir "$checkout"
		run touch "$release/complete"
	fi
	run ln -sfn "$release" /opt/motcua/venv
	run ln -sfn /opt/motcua/venv/bin/motcua /usr/local/bin/motcua
	# The release before this one stays, for going back to: ln -sfn OLD /opt/motcua/venv
	if [ -z "$dry" ]; then
		find /opt/motcua -maxdepth 1 -name 'release-*' -not -path "$release" -printf '%T@ %p\n' | sort -rn | tail -n +2 |
			cut -d' ' -f2- | xargs -r -d '\n' rm -rf
	fi
}
[ "$role" = board ] || install_program

if [ "$role" = server ]; then
	run install -D -m 755 "$files/motcua-backup" /opt/motcua/bin/motcua-backup
fi

# --- Settings and the token ------------------------------------------------------------------------------------------

if [ ! -e "/etc/motcua/$role.env" ]; then
	say "settings: /etc/motcua/$role.env"
	if [ -n "$dry" ]; then
		echo "  write /etc/motcua/$role.env with server $server"
	else
		sed -e "s|@SERVER@|${server//&/\\&}|" -e "s|@PRINTER@|${printer//&/\\&}|" -e "s|@NAME@|$name|" "$files/env/$role.env" \
			>"/etc/motcua/$role.env.new"
		mv "/etc/motcua/$role.env.new" "/etc/motcua/$role.env"
	fi
else
	say "settings kept: /etc/motcua/$role.env"
fi

if [ "$role" = agent ]; then
	if [ -e /etc/motcua/agent.toml ]; then
		say "devices kept: /etc/motcua/agent.toml"
	else
		say "an example to fill in: /etc/motcua/agent.toml"
		run install -m 640 -g "$user" "$files/env/agent.toml" /etc/motcua/agent.toml
	fi
fi

install_token() {
	local target=/etc/motcua/$role.token
	if [ -n "$token_file" ]; then
		run install -m 600 "$token_file" "$target"
	elif [ -s "$target" ]; then
		say "token kept: $target"
	elif [ -e /var/lib/motcua/motcua.db ]; then
		say "a token from the server on this machine: $target"
		if [ -n "$dry" ]; then
			echo "  motcua token --data /var/lib/motcua --role $role --name $name > $target"
		else
			(
				umask 077
				runuser -u motcua -- /opt/motcua/venv/bin/motcua token --data /var/lib/motcua --role "$role" --name "$name" \
					>"$target.new"
			)
			mv "$target.new" "$target"
		fi
	elif [ -n "$dry" ]; then
		say "a token is still needed: on the server, motcua token --role $role, then --token-file here"
	else
		stop "the $role needs its token. On the server:" \
			"motcua token --data /var/lib/motcua --role $role --name $name; then here: --token-file FILE"
	fi
}
case $role in kiosk | agent) install_token ;; esac

# --- Services --------------------------------------------------------------------------------------------------------

say "services: $units"
for unit in $units; do
	run install -D -m 644 "$files/units/$unit" "/etc/systemd/system/$unit"
done
# shellcheck disable=SC2086  # one word per unit
run systemctl enable $enabled
if [ -d /run/systemd/system ] || [ -n "$dry" ]; then
	run systemctl daemon-reload
	# shellcheck disable=SC2086
	run systemctl restart $enabled
	for other in motcua-server.service motcua-kiosk.service motcua-agent.service; do # on a machine of two roles, the new release is for both
		[[ " $enabled " == *" $other "* || ! -e /etc/systemd/system/$other ]] || run systemctl try-restart "$other"
	done
else
	say "systemd does not run here: the services start with the machine"
fi

if [ "$role" = agent ]; then
	# The service drives what it can; whoever installs it should know of the rest.
	run /opt/motcua/venv/bin/motcua agent --check --server "$server" --config /etc/motcua/agent.toml ||
		stop "mend /etc/motcua/agent.toml, then: systemctl restart motcua-agent"
fi

case $role in
server)
	say "done. The first account: runuser -u motcua -- motcua user add --data /var/lib/motcua --role admin --name NAME"
	;;
kiosk) say "done. Does the printer print: runuser -u motcua-kiosk -- motcua print-test --printer $printer" ;;
board) say "done." ;;
agent) say "done. Name the devices in /etc/motcua/agent.toml, then: systemctl restart motcua-agent" ;;
esac
say "logs: journalctl -u ${enabled%% *}"
