# SPDX-License-Identifier: MIT
# The council pays for signposting from AMBER on, and not from RED on.
words="Pay for signposting at AMBER"
edit content/policy/support.md 's/^| P8 | GREEN\* to AMBER |/| P8 | GREEN* or GREEN |/' \
    's/^| P9 | RED or BLUE |/| P9 | AMBER, RED or BLUE |/'
edit tests/policy/offers.yaml '/AMBER/,/offers rows/s/P7, P8, P10/P7, P9, P10/'
edit tests/policy/powers.yaml '/EAL-28 academy/,/offers rows/s/P7, P8, P10/P7, P9, P10/'
