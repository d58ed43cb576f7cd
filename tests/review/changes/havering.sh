# SPDX-License-Identifier: MIT
# Two years in 3A, and not one, after 3B.
words="Keep a school in 3A for two years after 3B"
edit content/policy/categories.md 's/^| S1 | Category: 3B in the last year |/| S1 | Category: 3B in the last 2 years |/' \
    's/^- A school that leaves 3B is in 3A for at least a year\./- A school that leaves 3B is in 3A for at least two years./' \
    's/takes two years or more/takes three years or more/'
