#!/bin/bash
# Operation: copies, backups, several processes on one log, stopping, what a supervisor sees, what it holds under load.
# run.sh [PART...]: copy and backup go together; processes; weekend; supervise; limits; package.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/suite.sh
. test/operation/common.sh
need_postgres
parts=$*
for script in ${parts:-copy backup processes weekend supervise limits package}; do
	. "test/operation/$script.sh"
done
summary
