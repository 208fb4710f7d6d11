# Tries mutants with the command that runs the tests, for whatever has no quicker way.
find "$FETTLE_TREE" -type f -print0 > "$FETTLE_HOME/files"
while IFS=$'\t' read -r index path edits <&3; do
  cp -p -- "$FETTLE_TREE/$path" "$FETTLE_HOME/before" || break
  at=0; : > "$FETTLE_HOME/text"
  IFS=';' read -ra list <<< "$edits"
  for edit in "${list[@]}"; do
    IFS=, read -r start end new <<< "$edit"
    tail -c "+$((at + 1))" -- "$FETTLE_HOME/before" | head -c "$((start - at))" >> "$FETTLE_HOME/text"
    base64 -d <<< "$new" >> "$FETTLE_HOME/text"
    at=$end
  done
  tail -c "+$((at + 1))" -- "$FETTLE_HOME/before" >> "$FETTLE_HOME/text"
  cat -- "$FETTLE_HOME/text" > "$FETTLE_TREE/$path"
  timeout -k 1 "$((FETTLE_LIMIT / 1000 + 1))" bash -c "$FETTLE_STAGES" > /dev/null 2>&1 3<&-
  case $? in 0) verdict=pass ;; 124 | 137) verdict=hung ;; *) verdict=fail ;; esac
  printf '%s %s %s\n' "$FETTLE_MARK" "$index" "$verdict"
  [ "$verdict" != pass ] || break
  if ! xargs -0 stat -- < "$FETTLE_HOME/files" > /dev/null 2>&1; then
    find "$FETTLE_TREE" -mindepth 1 -delete
    copy_tree "$FETTLE_ORIGIN" "$FETTLE_TREE"
    cd "$FETTLE_PLACE" || break
  fi
  cp -p -- "$FETTLE_HOME/before" "$FETTLE_TREE/$path"
  touch -- "$FETTLE_TREE/$path"
done 3< "$FETTLE_PLAN"
