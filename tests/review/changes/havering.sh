# SPDX-License-Identifier: MIT
# A school that leaves category 3 stays in 2 for two years, and not for one.
words="Keep a school in category 2 for two years after category 3"
edit content/policy/categories.md 's/^| S2 | Category: 3A or 3C in the last year |/| S2 | Category: 3A or 3C in the last 2 years |/' \
    's/^- A school that leaves category 3 is in 2 for at least a year\./- A school that leaves category 3 is in 2 for at least two years./' \
    's/takes two years or more/takes three years or more/'
edit content/policy/causing-concern.md 's/^| B7 | Category: 2; Category: 3A or 3C in the last year |/| B7 | Category: 2; Category: 3A or 3C in the last 2 years |/' \
    '/^| B7 /s/less than a year ago/less than two years ago/'
