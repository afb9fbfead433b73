#!/usr/bin/env bash
# Every libFuzzer target in turn, seeded from the fixtures: fuzz/all.sh [SECONDS] (each; 600). Needs cargo-fuzz and a nightly compiler; build
# first with `cargo +nightly fuzz build`. Corpora, logs and findings stay in $WORK (default: target/fuzzing).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
work=$(realpath -m "${WORK:-target/fuzzing}")

seeds() { # target, folder
  case $1 in
    pdf_page) find fixtures -name '*.pdf' -size -200k -exec cp --parents -t "$2" {} + ;;
    catalog) cp crates/shiryo-metrics/measures.toml "$2" && head -c 3000 "$2/measures.toml" >"$2/head.toml" ;;
    tables) for n in $(seq 20); do head -c $((n * 200)) fixtures/typst/kitahara-2024-evaluation.pdf | tail -c 200 >"$2/$n"; done ;;
    *)
      find fixtures/text -type f ! -name '*.jsonl' -exec cp -t "$2" {} +
      if [ "$1" = decode ]; then
        for text in fixtures/text/*.txt; do
          for encoding in CP932 EUC-JP UTF-16; do iconv -c -t $encoding "$text" >"$2/$(basename "$text").$encoding" || true; done
        done
      fi
      ;;
  esac
}

failed=0
for target in pdf_page decode catalog normalise annotate layout_text tables; do
  mkdir -p "$work/$target"/{corpus,seeds,findings}
  seeds $target "$work/$target/seeds"
  case $target in pdf_page) longest=300000 ;; catalog | decode) longest=60000 ;; *) longest=20000 ;; esac
  cargo +nightly fuzz run $target "$work/$target/corpus" "$work/$target/seeds" -- -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=$longest -artifact_prefix="$work/$target/findings/" -print_final_stats=1 \
    >"$work/$target/log" 2>&1 || failed=1
  echo "$target: $(grep -E 'stat::number_of_executed_units' "$work/$target/log" || tail -n 1 "$work/$target/log")," \
    "$(grep -oE 'cov: [0-9]+' "$work/$target/log" | tail -n 1), $(find "$work/$target/findings" -type f | wc -l) findings"
done
exit $failed
