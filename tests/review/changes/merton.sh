# SPDX-License-Identifier: MIT
# One visit more for every school at level ii.
words="Visit schools at level ii five times"
edit content/policy/support.md 's/^| ii | 4 | 3 |/| ii | 5 | 3 |/'
edit content/policy/year.md 's/after two of four visits, has four more to come/after two of five visits, has four more to come/'
edit tests/policy/groups.yaml 's/support.visits: "4"/support.visits: "5"/'
edit tests/policy/support.yaml 's/support.visits: "4"/support.visits: "5"/' 's/support.visits: "15"/support.visits: "16"/' \
    's/support.visits: 2 or 4/support.visits: 2 or 5/'
