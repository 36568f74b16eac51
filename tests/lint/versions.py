# versions.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""That there is one version number. The program's own comes from meson.build."""

import re
import sys
import xml.etree.ElementTree as ElementTree

from tap import ROOT, Tap, name_of, project_files


def metainfo(version):
    for path in project_files(".in", under="data"):
        if path.name.endswith(".metainfo.xml.in"):
            releases = [release.get("version") for release in ElementTree.parse(path).iter("release")]
            if releases[:1] != [version]:
                yield f"{name_of(path)}: the newest release is {releases[:1]}, the project is {version}"


def man_pages(version):
    for path in project_files(".1", under="data"):
        title = re.search(r"^\.TH (.*)$", path.read_text(encoding="utf-8"), re.M)
        if not title or f"conference\\-monitor {version}" not in title[1]:
            yield f"{name_of(path)}: its title does not say {version}"


def main():
    version = sys.argv[1]
    tap = Tap()
    tap.check("meson.build has the version that was built",
              [] if f"version: '{version}'" in (ROOT / "meson.build").read_text(encoding="utf-8")
              else [f"{version} is not in it"])
    tap.check("the metainfo has it", metainfo(version))
    tap.check("the man pages have it", man_pages(version))
    tap.done()


if __name__ == "__main__":
    main()
