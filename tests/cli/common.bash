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

# tale WORD...: a tale of two paragraphs in which the words stand for what is
# told otherwise each time.
tale() {
  printf 'A miller left his three sons a mill, a donkey and a %s.\n\n' "$1"
  printf 'The youngest, who had been given the %s, thought himself poorly ' "$1"
  printf 'served. He feared that he would %s before the winter was over. ' "$2"
  printf 'Then the %s asked him for a pair of %s and a bag, and promised to ' \
    "$1" "$3"
  printf 'make his fortune in return for such a modest %s.\n' "$4"
}
