#!/bin/bash
# Operation: copies, backups, several processes on one log, stopping, what a supervisor sees.
# run.sh [PART...]: copy and backup go together; processes; weekend; supervise; package.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/suite.sh
. test/operation/common.sh
need_postgres
parts=$*
for script in ${parts:-copy backup processes weekend supervise package}; do
	. "test/operation/$script.sh"
done
summary
