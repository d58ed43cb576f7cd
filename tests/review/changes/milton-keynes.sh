# SPDX-License-Identifier: MIT
# One cell of the chart: a good school whose results are inconsistent goes with those in decline.
words="Read inconsistent results of a good school as a decline"
edit content/policy/chart.md 's/^| R6 | Good | | | Small decline or Inconsistent |/| R6 | Good | | | Small decline |/' \
    's/^| R7 | Good | | | Declining or Below all measures |/| R7 | Good | | | Declining, Inconsistent or Below all measures |/'
edit tests/policy/chart.yaml '/MK-13 good and inconsistent/,/chart rows/{
    s/category: 2b/category: 2c/
    s/rows: \[R6\]/rows: [R7]/
}'
