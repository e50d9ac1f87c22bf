//! The rules that hadolint has, too: each with what it says and with what is close and fine.

use super::found;

/// Looks at instructions below a `FROM` that is fine.
fn dl(text: &str) -> String {
    found(&format!("FROM debian:12\n{text}\n"), |rule| rule.starts_with("DL")).join(" ")
}

fn all(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(dl(text), *wanted, "{text}");
    }
}

const APT: &str = "RUN apt-get install -y --no-install-recommends ";

#[test]
fn apt() {
    for (packages, pinned) in [
        ("$PKGS", false),
        ("./x.deb", true),
        ("-t backports a=1", true),
        ("a/stable", true),
        ("\"a=$V\"", true),
        ("", true),
        ("a=1 \\\n # note\n c", false),
    ] {
        assert_eq!(
            dl(&format!("{APT}{packages}")),
            if pinned { "" } else { "DL3008@2" },
            "{packages}"
        );
    }
    all(&[
        ("RUN apt-get install a=1", "DL3014@2 DL3015@2"),
        ("RUN apt-get -qq install --no-install-recommends a=1", ""),
        ("RUN apt-get -q install --no-install-recommends a=1", "DL3014@2"),
        ("RUN apt-get install -y -o APT::Install-Recommends=false a=1", ""),
        ("RUN apt install a", "DL3027@2"),
        ("RUN apt-get update", "DL3009@2"),
        ("RUN apt-get update && rm -rf /var/lib/apt/lists/*", ""),
        ("RUN apt-get update && cd /var/lib/apt/lists && rm -rf x", "DL3003@2"),
        ("RUN apt-get update && rm -rf /var/lib/{apt,dpkg}/", ""),
        ("RUN apt-get update && apt-get dist-clean", ""),
        // Other folders are no lists.
        ("RUN apt-get update && rm -rf /tmp/x", "DL3009@2"),
        (
            "RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update",
            "",
        ),
        ("RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update", ""),
        ("ONBUILD RUN sudo apt-get install a", "DL3004@2"),
    ]);
}

#[test]
fn lists_of_other_stages() {
    let shown = |text: &str| found(text, |rule| rule == "DL3009").join(" ");
    assert_eq!(shown("FROM a:1 AS x\nRUN apt-get update\nFROM b:1\n"), "");
    assert_eq!(shown("FROM a:1 AS x\nRUN apt-get update\nFROM X\n"), "DL3009@2");
}

#[test]
fn apk_and_pip() {
    all(&[
        ("RUN apk add --no-cache a", "DL3018@2"),
        ("RUN apk add --no-cache a~=1 ./x.apk -X http://x --virtual .d", ""),
        ("RUN apk add a=1", "DL3019@2"),
        ("RUN --mount=type=cache,target=/var/cache/apk apk add a=1", ""),
        ("RUN pip install a", "DL3013@2 DL3042@2"),
        (
            "RUN python3 -m pip install --no-cache-dir \"a>=1\" git+https://x@v1 ./y z.whl -i http://i",
            "",
        ),
        ("RUN pip install --no-cache-dir git+https://x/y", "DL3013@2"),
        ("RUN pip install --no-cache-dir -r x a", ""),
        ("RUN uv pip install a", ""),
        ("RUN pipx install a==1", ""),
        ("ENV PIP_NO_CACHE_DIR=on\nRUN pip install a==1", ""),
        ("ENV PIP_NO_CACHE_DIR=off\nRUN pip install a==1", "DL3042@3"),
        ("RUN --mount=type=cache,target=/root/.cache/pip pip install a==1", ""),
    ]);
}

#[test]
fn other_packages() {
    all(&[
        ("RUN npm install a", "DL3016@2"),
        ("RUN npm install @a/b@1 ./x git+https://y#v1", ""),
        ("RUN gem install a", "DL3028@2"),
        ("RUN gem install a:1 -- --x", ""),
        ("RUN go install a@latest", "DL3062@2"),
        ("RUN go install -ldflags \"-s\" a@v1 && go run make.go", ""),
        ("RUN yarn install", "DL3060@2"),
        ("RUN yarn install && yarn cache clean", ""),
        ("RUN yum install a", "DL3030@2 DL3032@2 DL3033@2"),
        ("RUN yum install -y a-1.2 && yum clean all", ""),
        ("RUN microdnf install -y a", "DL3040@2 DL3041@2"),
        ("RUN dnf install -y a-1 && rm -rf /var/cache/dnf", ""),
        ("RUN zypper install a", "DL3034@2 DL3036@2 DL3037@2"),
        ("RUN zypper -n in a=1 && zypper cc", ""),
        ("RUN zypper dup", "DL3035@2"),
    ]);
}

#[test]
fn shells() {
    all(&[
        ("RUN a | b", "DL4006@2"),
        ("SHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN a | b", ""),
        ("SHELL [\"pwsh\", \"-c\"]\nRUN a | b", ""),
        ("RUN echo \"a | b\" # | c", ""),
        ("RUN <<EOF\na | b\nEOF", "DL4006@2"),
        ("RUN a\nRUN b", "DL3059@3"),
        ("RUN a\nRUN --mount=type=cache,target=/x b", ""),
        ("RUN a && b\nRUN c", ""),
        ("RUN if [ x ]; then y; fi\nRUN z", "DL3059@3"),
        ("RUN a; (cd /x; b)", "DL3003@2"),
        ("RUN sudo a", "DL3004@2"),
        ("RUN service x start", "DL3001@2"),
        ("RUN wget x", "DL3047@2"),
        ("RUN wget -nv x && wget -qO- y", ""),
        ("RUN wget -q x\nENV a=b\nRUN curl y", "DL4001@4"),
        ("RUN useradd -mu 1000000 a", "DL3046@2"),
        ("RUN useradd -lmu 1000000 a && useradd -u $ID b", ""),
        ("RUN ln -sf /bin/bash /bin/sh", "DL4005@2"),
    ]);
}

#[test]
fn images_and_copies() {
    let shown = |text: &str| found(text, |rule| rule.starts_with("DL")).join(" ");
    assert_eq!(shown("FROM debian\n"), "DL3006@1");
    assert_eq!(shown("FROM debian:latest AS a\nFROM A\n"), "DL3007@1");
    assert_eq!(shown("ARG X\nFROM $X\nFROM scratch\nFROM a@sha256:b\n"), "");
    assert_eq!(shown("FROM a:1 AS x\nFROM b:1 AS X\n"), "DL3024@2");
    assert_eq!(
        shown("FROM --platform=linux/amd64 a:1\nFROM --platform=$TARGETPLATFORM a:1\n"),
        "DL3029@1 DL3065@2"
    );
    assert_eq!(shown("ENV A=b\nFROM a:1\n"), "DL3061@1");
    all(&[
        ("ADD a /b", "DL3020@2"),
        ("ADD a.tar.gz https://x /b/", ""),
        ("COPY a b /c", "DL3021@2"),
        ("COPY --from=x a /b", "DL3022@2"),
        ("COPY --from=0 a /b", ""),
        ("COPY a b", "DL3045@2"),
        ("WORKDIR /x\nCOPY a b", ""),
        ("COPY --from=a:1 / /", "DL3067@2"),
        ("COPY a.tgz /\nRUN tar -xf /a.tgz", "DL3010@2"),
    ]);
}

#[test]
fn settings() {
    all(&[
        ("WORKDIR a", "DL3000@2"),
        ("USER root", "DL3002@2 DL3066@2"),
        ("USER app\nUSER 1000:app", "DL3066@2"),
        ("ARG U=1\nUSER $U", ""),
        ("EXPOSE 80-90000", "DL3011@2"),
        ("HEALTHCHECK NONE\nHEALTHCHECK NONE", "DL3012@3"),
        ("CMD [\"a\"]\nCMD b", "DL3025@3 DL4003@3"),
        ("ENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]", "DL4004@3"),
        ("ONBUILD ONBUILD RUN a", "DL3043@2"),
        ("ENV A=1 B=$A", "DL3044@2"),
        ("ENV A=$A:x B='$A'", ""),
        ("LABEL Name=x", "DL3048@2"),
        ("ENV GITHUB_TOKEN=", "DL3064@2"),
        ("MAINTAINER x", "DL4000@2"),
    ]);
}

#[test]
fn pragmas() {
    all(&[
        ("# hadolint ignore=DL3004\nRUN sudo a", ""),
        ("# hadolint ignore=DL3004 # because\nRUN sudo a", ""),
        ("# hadolint ignore=DL3004\n\nRUN sudo a", "DL3004@4"),
        ("RUN sudo a\n# hadolint global ignore=DL3004,DL3003", ""),
        ("# hadolint ignore=DL3004 because\nRUN sudo a", "DL3004@3"),
    ]);
}
