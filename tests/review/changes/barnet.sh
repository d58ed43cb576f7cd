# SPDX-License-Identifier: MIT
# From a third to a quarter: what the portal of the root reads of a partnership's balance. The policy tests stay as they were, as
# they do in many a first draft.
words="Hold a quarter in place of a third"
edit content/framework.yaml 's/At most a third causing concern/At most a quarter causing concern/' \
    's/is: 3 \* concerns <= size/is: 4 * concerns <= size/'
edit content/policy/principles.md 's/At most a third causing concern/At most a quarter causing concern/' \
    's/may never be more than a third of it/may never be more than a quarter of it/' \
    's/make up no more than a third/make up no more than a quarter/' \
    's/^## No more than a third/## No more than a quarter/' \
    's/may make up a third of the members at most. Exactly one third is allowed/may make up a quarter of the members at most. Exactly one quarter is allowed/' \
    's/^| 3, 4 or 5 | 1 | .*/| 3 | 0 | One of three is more than a quarter |/' \
    's/^| 6, 7 or 8 | 2 | .*/| 4, 5, 6 or 7 | 1 | One of four is exactly a quarter; two of seven is more |/' \
    's/^| 9 or 10 | 3 | .*/| 8, 9 or 10 | 2 | Two of eight is exactly a quarter; three of ten is more |/'
