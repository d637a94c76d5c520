"""Look for known holes in packages, for risky code and for secrets in the repository: `python -m dev.audit`.

Code and secrets are always checked, and must be clean. Holes in packages come from the advisories of PyPI and npm; where
these cannot be reached, a line says so, and the audit does not fail for it.

Secrets: detect-secrets, because it is a package like the others and works offline; gitleaks is a binary that would have to be fetched
from elsewhere. `.secrets.baseline` lists its false alarms.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent
BASELINE = ".secrets.baseline"
LOCKS = ("requirements.lock", "selfhost/container.lock")
# Digests and pictures: files that are not written by hand.
NOT_READ = (".lock", "package-lock.json", ".webp", ".png", ".svg", ".woff2", ".baseline", ".parquet")
TIMEOUT_S = 300


def main() -> None:
    """Run all checks; exit with 1 where one found something."""
    steps: dict[str, Callable[[], str | None]] = {
        "code": _code,
        "secrets": _secrets,
        "Python packages": _python_packages,
        "npm packages": _npm_packages,
    }
    found = False
    for name, look in steps.items():
        finding = look()
        print(f"audit: {name}: {finding or 'nothing found'}")
        found = found or bool(finding and not finding.startswith("not checked"))
    sys.exit(1 if found else 0)


def _run(*command: str, folder: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=TIMEOUT_S)


def _tool(*command: str) -> subprocess.CompletedProcess[str]:
    return _run(sys.executable, "-m", *command)


def _code() -> str | None:
    done = _tool(
        "bandit",
        "-q",
        "-c",
        "pyproject.toml",
        "-r",
        "main.py",
        "functions",
        "shared",
        "selfhost",
        "operate",
        "dev",
        "deploy",
    )
    return done.stdout + done.stderr if done.returncode else None


def _secrets() -> str | None:
    files = [name for name in _run("git", "ls-files").stdout.splitlines() if not name.endswith(NOT_READ)]
    done = _tool("detect_secrets.pre_commit_hook", "--baseline", BASELINE, *files)
    return done.stdout + done.stderr if done.returncode else None


def _python_packages() -> str | None:
    findings: list[str] = []
    for lock in LOCKS:
        done = _tool(
            "pip_audit", "-r", lock, "--disable-pip", "--require-hashes", "-f", "json", "--progress-spinner", "off"
        )
        packages = _parsed(done.stdout).get("dependencies", [])
        if all("skip_reason" in package for package in packages):
            return "not checked, PyPI's advisories cannot be reached from here"
        findings += [
            f"{package['name']} {package['version']}: {hole['id']}, fixed in {', '.join(hole['fix_versions']) or 'no version yet'}"
            for package in packages
            for hole in package.get("vulns", [])
        ]
    return "; ".join(sorted(set(findings))) or None


def _npm_packages() -> str | None:
    try:
        done = _run("npm", "audit", "--json", "--omit=dev", folder=PROJECT / "frontend")
    except FileNotFoundError:
        return "not checked, npm is not on the PATH"
    report = _parsed(done.stdout)
    if "vulnerabilities" not in report:
        return "not checked, npm's advisories cannot be reached from here"
    holes = report["vulnerabilities"]
    return "; ".join(f"{name}: {hole['severity']}" for name, hole in sorted(holes.items())) or None


def _parsed(text: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


if __name__ == "__main__":
    main()
