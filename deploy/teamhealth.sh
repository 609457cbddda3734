#!/bin/sh
# `teamhealth` for root on a machine with two users: any command, as the user who has the keys.
# /usr/local/sbin/teamhealth, mode 755
set -eu
umask 077
set -a
. /etc/teamhealth.env
if [ -r /etc/teamhealth-worker.env ]; then . /etc/teamhealth-worker.env; fi
TEAMHEALTH_HOME=/var/lib/teamhealth
set +a
exec runuser -u teamhealth -g teamhealth -G teamhealth-web -- /opt/teamhealth/bin/teamhealth "$@"
