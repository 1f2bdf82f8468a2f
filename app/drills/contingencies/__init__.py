"""The contingency plans a school has, version by version, which its drills rehearse."""
