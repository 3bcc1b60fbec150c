#!/usr/bin/env python3
"""figures_equal.py CLASSES THEIRS AF THEIRS: says whether two results of the same survey are the same, or stops."""
import sys
import numpy as np, pandas as pd, pyarrow.parquet as pq

classes, their_classes, af, their_af = sys.argv[1:5]
ours, theirs = pq.ParquetFile(classes), pq.ParquetFile(their_classes)
rows = ours.metadata.num_rows
assert rows == theirs.metadata.num_rows, "different numbers of households"
for name in ("household", "b1", "b2", "class"):
    a, b = (f.read([name])[name].to_numpy() for f in (ours, theirs))
    assert (a == b).all(), f"{name} differs"
a, b = pd.read_parquet(af), pd.read_parquet(their_af)
assert list(a.columns) == list(b.columns) and len(a) == len(b), "different tables"
apart = 0.0
for name in a.columns:
    if name == "by": assert (a[name] == b[name]).all(); continue
    x, y = a[name].to_numpy(float), b[name].to_numpy(float)
    assert (np.isnan(x) == np.isnan(y)).all(), f"{name} is missing in different rows"
    apart = max(apart, float(np.nanmax(np.abs(x - y))))
assert apart < 1e-12, f"figures are {apart} apart"
print(f"equal: {rows} households; {len(a)} rows of figures, at most {apart:.1e} apart")
