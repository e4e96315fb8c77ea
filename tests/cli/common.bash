# SPDX-License-Identifier: Apache-2.0
# What the commands of all cases may use.

# words FROM TO: the words wFROM ... wTO on one line.
words() { seq -s ' ' -f 'w%g' "$1" "$2"; }

# The names of the documents and the reasons of what was skipped, in short,
# from JSON Lines.
summary() {
  sed -nE \
    -e 's/^\{"type":"document","id":([0-9]+),"path(_bytes)?":"([^"]*)",("other_paths":\[([^]]*)\],)?.*/document \3 \5/p' \
    -e 's/^\{"type":"skipped","path(_bytes)?":"([^"]*)","reason":"([a-z_]*)","error":([a-z]*),.*/skipped \2 \3 error=\4/p' \
    -e 's/^\{"type":"match","a":([0-9]+),"b":([0-9]+),"relation":"([a-z_]*)".*/match \1 \2 \3/p' |
    sed 's/ *$//'
}
