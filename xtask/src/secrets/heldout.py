"""A corpus that nobody tuned to: secrets in forms that the rule data does not name, and values that only look like them.

    heldout.py OUT

Written are OUT/hit/NNNN/FILE and OUT/miss/NNNN/FILE, one sample each. Nothing in it is or was a secret: all is drawn
from a seed. Written before the judge of crates/secret-scan was; to be measured, not to be read while changing it.
"""

import base64
import pathlib
import random
import string
import sys

DICE = random.Random(6)
LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
HEX, BASE36, BASE62 = "0123456789abcdef", LOWER + DIGITS, LOWER + UPPER + DIGITS
URLSAFE, BASE64, SIGNS = BASE62 + "-_", BASE62 + "+/", "!#%&*+-?@^_~"


def drawn(alphabet, length):
    return "".join(DICE.choice(alphabet) for _ in range(length))


def password():
    words = ["Winter", "tiger", "Berlin", "coffee", "Summer", "dragon", "monitor", "Blue", "rocket", "falcon", "orange", "Castle"]
    return DICE.choice([
        lambda: DICE.choice(words) + drawn(DIGITS, 4) + DICE.choice("!#%&*?"),
        lambda: drawn(BASE62, 9) + DICE.choice("!#%&*?") + drawn(BASE62, 2),
        lambda: DICE.choice(words) + "-" + DICE.choice(words).lower() + "-" + drawn(DIGITS, 3),
        lambda: drawn(BASE62 + SIGNS, 14),
        lambda: DICE.choice(words)[:3] + drawn(DIGITS, 2) + DICE.choice(words)[-3:] + DICE.choice("!@#%") + drawn(LOWER, 3),
    ])()


# Services whose tokens no rule of the data names, with the form of their tokens.
TOKENS = {
    "abuseipdb": lambda: drawn(HEX, 80), "apify": lambda: "apify_api_" + drawn(BASE62, 36), "axiom": lambda: "xaat-" + uuid(),
    "brevo": lambda: drawn(HEX, 64), "buildkite": lambda: "bkua_" + drawn(HEX, 40), "chargebee": lambda: "live_" + drawn(BASE62, 32),
    "circleci": lambda: "CCIPAT_" + drawn(BASE62, 22) + "_" + drawn(HEX, 40), "clerk": lambda: "sk_live_" + drawn(BASE62, 40),
    "coveralls": lambda: drawn(BASE62, 37), "deepgram": lambda: drawn(HEX, 40), "deepseek": lambda: "sk-" + drawn(HEX, 32),
    "elevenlabs": lambda: "sk_" + drawn(HEX, 48), "figma": lambda: "figd_" + drawn(URLSAFE, 40), "groq": lambda: "gsk_" + drawn(BASE62, 52),
    "honeycomb": lambda: drawn(BASE62, 22), "ipinfo": lambda: drawn(HEX, 14), "jotform": lambda: drawn(HEX, 32),
    "langsmith": lambda: "lsv2_pt_" + drawn(HEX, 32) + "_" + drawn(HEX, 10), "mistral": lambda: drawn(BASE62, 32),
    "newsapi": lambda: drawn(HEX, 32), "ngrok": lambda: "2" + drawn(BASE62, 26) + "_" + drawn(BASE62, 20),
    "opsgenie": lambda: uuid(), "pagerduty": lambda: "u+" + drawn(BASE62, 18), "pinecone": lambda: "pcsk_" + drawn(BASE62, 69),
    "posthog": lambda: "phx_" + drawn(BASE62, 43), "render": lambda: "rnd_" + drawn(BASE62, 32), "replicate": lambda: "r8_" + drawn(BASE62, 37),
    "resend": lambda: "re_" + drawn(BASE62, 8) + "_" + drawn(BASE62, 24), "sanity": lambda: "sk" + drawn(BASE62, 80),
    "segment": lambda: "sgp_" + drawn(BASE62, 64), "supabase": lambda: "sbp_" + drawn(HEX, 40), "tailscale": lambda: "tskey-auth-" + drawn(BASE62, 16) + "-" + drawn(BASE62, 32),
    "tavily": lambda: "tvly-" + drawn(BASE62, 32), "together": lambda: drawn(HEX, 64), "turso": lambda: drawn(URLSAFE, 90),
    "upstash": lambda: drawn(BASE62, 40), "vercel": lambda: drawn(BASE62, 24), "weatherapi": lambda: drawn(HEX, 31), "wandb": lambda: drawn(HEX, 40),
    "xai": lambda: "xai-" + drawn(BASE62, 80), "zapier": lambda: drawn(BASE62, 32), "inhouse": lambda: drawn(BASE64, 43) + "=",
}
FORMS = [
    (".env", "{I}_API_KEY={s}\n"), (".env", 'export {I}_TOKEN="{s}"\n'), ("app.py", '{i}_api_key = "{s}"\n'), ("app.py", "client = Client(api_key='{s}')\n"),
    ("app.js", 'const {i}Token = "{s}";\n'), ("app.ts", 'const client = new {i}Client({ apiKey: "{s}" });\n'), ("main.go", '\tapiKey := "{s}"\n'),
    ("Main.java", 'private static final String {I}_SECRET = "{s}";\n'), ("config.yaml", "{i}:\n  api_token: {s}\n"), ("config.json", '{"{i}": {"accessToken": "{s}"}}\n'),
    ("settings.toml", '[{i}]\nsecret_key = "{s}"\n'), ("app.properties", "{i}.api.key={s}\n"), ("main.tf", '  {i}_token = "{s}"\n'), ("Dockerfile", "ENV {I}_API_KEY {s}\n"),
    ("run.sh", "curl -H 'X-Api-Key: {s}' https://api.{i}.invalid/v1\n"), ("run.sh", "{i} login --token {s}\n"), ("app.rb", "  config.{i}_token = '{s}'\n"),
    ("web.config", '<add key="{i}ApiKey" value="{s}" />\n'), ("app.php", "'{i}_secret' => '{s}',\n"), ("notes.txt", "the {i} api key is {s}\n"), ("url.txt", "https://api.{i}.invalid/v1/items?api_key={s}&page=2\n"),
    ("deploy.yml", "      - name: {I}_TOKEN\n        value: {s}\n"), ("config.xml", "<{i}ApiKey>{s}</{i}ApiKey>\n"), ("appsettings.json", '  "{i}": "AccessKey={s};Region=eu"\n'),
]
PASSWORDS = [
    ("app.py", "DB_PASSWORD = '{s}'\n"), (".env", "POSTGRES_PASSWORD={s}\n"), ("docker-compose.yml", "      MYSQL_ROOT_PASSWORD: {s}\n"), ("url.py", "DATABASE_URL = 'postgres://app:{s}@db.internal:5432/app'\n"),
    ("settings.json", '"smtp_pass": "{s}"\n'), ("Db.java", 'DriverManager.getConnection(url, "root", "{s}");\n'), ("appsettings.json", '"Default": "Server=db;User Id=sa;Password={s};"\n'), ("app.js", "mongoose.connect('mongodb+srv://admin:{s}@cluster0.invalid/app');\n"),
    ("redis.conf", "requirepass {s}\n"), ("run.sh", "mysql -u root -p'{s}' app\n"), ("run.sh", "sshpass -p '{s}' ssh host\n"), ("user.rb", "  password: '{s}',\n"), ("application.properties", "spring.datasource.password={s}\n"), (".netrc", "machine git.invalid login ci password {s}\n"),
]


def uuid():
    return "-".join(drawn(HEX, n) for n in (8, 4, 4, 4, 12))


def hits():
    for service, make in TOKENS.items():
        for name, form in DICE.sample(FORMS, 8):
            yield name, form.replace("{i}", service).replace("{I}", service.upper()).replace("{s}", make())
    for name, form in PASSWORDS:
        for _ in range(8):
            yield name, form.replace("{s}", password())
    for _ in range(12):
        basic = base64.b64encode(f"{drawn(LOWER, 6)}:{password()}".encode()).decode()
        yield "req.http", f"GET /v1 HTTP/1.1\nAuthorization: Basic {basic}\n"
        yield "req.py", f"headers = {{'Authorization': 'Bearer {drawn(URLSAFE, 48)}'}}\n"


def misses():
    sha = lambda n: drawn(HEX, n)
    word = lambda: DICE.choice("order item user page node account session cluster bucket region cursor widget".split())
    table = [
        lambda: ("package.json", f'"integrity": "sha512-{drawn(BASE64, 86)}=="\n'), lambda: ("app.py", f"checksum = '{sha(64)}'\n"), lambda: ("ci.yml", f"- uses: actions/checkout@{sha(40)}\n"),
        lambda: ("Dockerfile", f"FROM debian@sha256:{sha(64)}\n"), lambda: ("app.py", f"token = get_{word()}_token(request)\n"), lambda: ("app.py", f"password = os.environ['{word().upper()}_PASSWORD']\n"),
        lambda: ("app.js", "const token = process.env.API_TOKEN;\n"), lambda: ("ci.yml", "token: ${{ secrets.GITHUB_TOKEN }}\n"), lambda: ("readme.md", "export API_KEY=<your-api-key>\n"),
        lambda: ("readme.md", "api_key: your_api_key_here\n"), lambda: (".env.example", "SECRET_KEY=change-me-in-production\n"), lambda: ("data.json", f'"{word()}_id": "{uuid()}"\n'),
        lambda: ("data.json", f'"tokenId": "{uuid()}"\n'), lambda: ("app.ts", f'export const {word().upper()}_KEY = "{word()}-{word()}-storage-v{DICE.randint(1, 9)}";\n'), lambda: ("app.ts", f'const cacheKey = "{word()}:{word()}:{DICE.randint(100, 999)}";\n'),
        lambda: ("main.go", f'publicKey := "{drawn(BASE64, 43)}="\n'), lambda: ("cert.pem", f"-----BEGIN CERTIFICATE-----\n{drawn(BASE64, 64)}\n{drawn(BASE64, 64)}\n-----END CERTIFICATE-----\n"), lambda: ("known_hosts", f"host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{drawn(BASE64, 43)}\n"),
        lambda: ("style.css", f"background: url(data:image/png;base64,iVBORw0KGgo{drawn(BASE64, 120)}=)\n"), lambda: ("app.py", f"primary_key = '{word()}_{word()}_idx'\n"), lambda: ("labels.po", f'msgid "Forgot your password?"\nmsgstr "Passwort vergessen?"\n'),
        lambda: ("app.java", f'private static final String TOKEN_HEADER = "X-Auth-Token-{word()}";\n'), lambda: ("app.py", "password = 'xxxxxxxxxxxxxxxx'\n"), lambda: ("test.py", "password = 'password123'\n"), lambda: ("app.py", f"etag = '{sha(32)}'\n"),
        lambda: ("log.txt", f"2026-01-02 request_id={uuid()} token_type=bearer status=200\n"), lambda: ("app.yaml", f"secretName: {word()}-{word()}-tls\n"), lambda: ("vars.tf", 'password = var.db_password\n'), lambda: ("main.tf", "  secret_key = data.vault_generic_secret.app.data[\"key\"]\n"),
        lambda: ("app.py", f"aws_access_key_id = 'AKIAIOSFODNN7EXAMPLE'\n"), lambda: ("conf.yml", "url: https://user:password@example.com/\n"), lambda: ("conf.yml", "url: postgres://${DB_USER}:${DB_PASSWORD}@db/app\n"), lambda: ("x.kt", f'const val SESSION_KEY = "{word()}.{word()}.session_key"\n'),
        lambda: ("go.sum", f"golang.org/x/text v0.3.{DICE.randint(0, 9)} h1:{drawn(BASE64, 43)}=\n"), lambda: ("app.rs", f"const COMMIT: &str = \"{sha(40)}\";\n"), lambda: ("a.html", f'<script nonce="{drawn(BASE64, 22)}==" src="/a.js"></script>\n'), lambda: ("a.html", f'<input type="password" name="user_password_{word()}">\n'),
        lambda: ("index.js", f'import {{ tokenProvider }} from "./auth/{word()}-token-provider";\n'), lambda: ("Podfile.lock", f"SPEC CHECKSUMS:\n  Auth: {sha(40)}\n"), lambda: ("main.py", f"KEY_LENGTH = 32\nkey = secrets.token_hex(KEY_LENGTH)\n"), lambda: ("app.ini", f"theme_color_key = #{sha(6)}\n"),
    ]
    for make in table:
        for _ in range(10):
            yield make()


def main(out):
    for side, samples in (("hit", hits()), ("miss", misses())):
        count = 0
        for count, (name, text) in enumerate(samples, 1):
            path = out / side / f"{count:04}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{side}: {count}")


main(pathlib.Path(sys.argv[1]))
