"""Make `world.json`, the outline of the batch page's map, from Natural Earth as `world-atlas` packs it (ATTRIBUTION).

    python review/batch/make_world.py countries-50m.json > review/batch/world.json

Coordinates are tenths of a degree, x to the east and y to the south, as SVG paths of relative steps. Lines lose the
points that matter least (Visvalingam: those whose triangle with their neighbours is smallest).
"""

import heapq
import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

SMALLEST = 0.012  # square degrees: below it a point may go; gives about 60 kB, and bays of 15 km still show
ISLAND = 0.05  # square degrees: smaller rings are left out
LABELLED = 2.0  # square degrees: smaller countries have no name on the map

Point = tuple[float, float]


def world(atlas: dict[str, Any]) -> dict[str, Any]:
    """`land` (closed rings, to be filled), `borders` (lines between countries) and `names` (name, x, y, size)."""
    arcs = [_simplified(arc) for arc in _arcs(atlas)]
    uses = Counter(_one(arc) for country in atlas["objects"]["countries"]["geometries"] for arc in _flat(country))
    rings = [ring for part in atlas["objects"]["land"]["geometries"] for ring in _rings(part, arcs)]
    borders = [arcs[arc] for arc, used in sorted(uses.items()) if used > 1]
    names = [_name(country, arcs) for country in atlas["objects"]["countries"]["geometries"]]
    return {
        "land": "".join(_path(ring) + "z" for ring in rings if abs(_area(ring)) >= ISLAND),
        "borders": "".join(_path(line) for line in borders),
        "names": sorted((name for name in names if name), key=lambda name: -name[3]),
    }


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON keeps steps on a grid."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _simplified(line: list[Point]) -> list[Point]:
    """A line without the points that matter least; its ends stay, so that lines still meet."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    heap = [(_triangle(*line[i - 1 : i + 2]), i) for i in range(1, len(line) - 1)]
    current = {i: area for area, i in heap}
    heapq.heapify(heap)
    while heap:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue
        if area >= SMALLEST:
            break
        del current[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for one in (left, right):
            if one in current:
                current[one] = max(area, _triangle(line[before[one]], line[one], line[after[one]]))
                heapq.heappush(heap, (current[one], one))
    return [point for i, point in enumerate(line) if i in current or i in (0, len(line) - 1)]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _rings(shape: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [_joined(ring, arcs) for polygon in polygons for ring in polygon]


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring from its arcs; a negative number is an arc the other way round."""
    points: list[Point] = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += line[1:] if points else line
    return _unwrapped(points)


def _unwrapped(points: list[Point]) -> list[Point]:
    """A ring over the 180th meridian (Fiji) goes on beyond it, and not back around the world."""
    found = points[:1]
    for x, y in points[1:]:
        found.append((x + 360 * round((found[-1][0] - x) / 360), y))
    return found


def _flat(shape: dict[str, Any]) -> list[int]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [arc for polygon in polygons for ring in polygon for arc in ring]


def _one(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _name(country: dict[str, Any], arcs: list[list[Point]]) -> tuple[str, int, int, int] | None:
    """Its name, at the middle of its largest part, with that part's size in square degrees."""
    ring = max(_rings(country, arcs), key=lambda ring: abs(_area(ring)))
    size = _area(ring)
    if abs(size) < LABELLED:
        return None
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    x = sum((a[0] + b[0]) * cross for a, b, cross in pairs) / (6 * size)
    y = sum((a[1] + b[1]) * cross for a, b, cross in pairs) / (6 * size)
    return country["properties"]["name"], round(x * 10), round(-y * 10), round(abs(size))


def _path(line: list[Point]) -> str:
    """An SVG path of whole numbers: `M` to its start, then steps."""
    points = [(round(x * 10), round(-y * 10)) for x, y in line]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    written = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    return f"M{points[0][0]} {points[0][1]}l{written or '0 0'}".replace(" -", "-")


if __name__ == "__main__":
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps(world(atlas), ensure_ascii=False, separators=(",", ":")))
