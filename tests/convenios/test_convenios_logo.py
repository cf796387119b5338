"""The logo: only real pictures, drawn anew, and bounded whatever is sent."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from convenios.logo_do_convenio import MAIOR_LOGO, LogoRecusado, ler_logo, trocar_logo
from convenios.models import Convenio, LogoDoConvenio, MudancaDeConvenio
from tests.fabrica import Cenario


def imagem(formato: str = "PNG", tamanho: tuple[int, int] = (300, 120), **opcoes: object) -> bytes:
    """A picture of one colour."""
    saida = BytesIO()
    Image.new("RGB", tamanho, (120, 30, 90)).save(saida, format=formato, **opcoes)
    return saida.getvalue()


def _png_que_diz_ter(largura: int, altura: int) -> bytes:
    cabecalho = b"IHDR" + struct.pack(">IIBBBBB", largura, altura, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + cabecalho + struct.pack(">I", zlib.crc32(cabecalho))


@pytest.mark.parametrize("formato", ["PNG", "JPEG"])
def test_a_picture_comes_out_as_png_small_enough_to_print(formato: str) -> None:
    logo = ler_logo(imagem(formato, (1200, 300)))
    assert logo.png.startswith(b"\x89PNG")
    assert (logo.largura, logo.altura) == (600, 150)


def test_what_the_file_has_besides_the_picture_is_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "feita na rua tal"
    dados = imagem("JPEG", exif=exif, comment=b"segredo")
    assert b"rua tal" in dados
    logo = ler_logo(dados)
    with Image.open(BytesIO(logo.png)) as aberta:
        assert not aberta.info
        assert not aberta.getexif()


@pytest.mark.parametrize(
    "dados",
    [
        b"",
        b"nada disso",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        imagem("GIF"),
        imagem("JPEG")[:400],
        _png_que_diz_ter(60_000, 60_000),
        _png_que_diz_ter(5_000, 5_000),
        b"\x00" * (MAIOR_LOGO + 1),
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "cut", "bomb", "too many points", "too long"],
)
def test_anything_else_is_refused_in_words(dados: bytes) -> None:
    with pytest.raises(LogoRecusado) as recusa:
        ler_logo(dados)
    assert recusa.value.frase.endswith(".")


@pytest.mark.django_db
def test_the_logo_is_sent_shown_and_removed_by_the_gestor(cenario: Cenario, client: Client) -> None:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    onde = {"slug": "pasa", "codigo": 1}
    assert client.get(reverse("convenios:logo", kwargs=onde)).status_code == 404
    client.post(reverse("convenios:trocar_logo", kwargs=onde), {"logo": SimpleUploadedFile("x.svg", imagem())})
    resposta = client.get(reverse("convenios:logo", kwargs=onde))
    assert resposta.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(resposta.content)) as aberta:
        assert aberta.size == (300, 120)
    for pagina in ("convenio", "lista"):
        endereco = reverse(f"convenios:{pagina}", kwargs=onde if pagina == "convenio" else {"slug": "pasa"})
        assert reverse("convenios:logo", kwargs=onde) in client.get(endereco).content.decode()
    client.post(reverse("convenios:trocar_logo", kwargs=onde), {"remover": "1"})
    assert client.get(reverse("convenios:logo", kwargs=onde)).status_code == 404
    with cenario.dentro("pasa"):
        antes_e_depois = [(m.antes[:9], m.depois[:9]) for m in MudancaDeConvenio.objects.order_by("pk")]
        assert antes_e_depois == [("", "imagem de"), ("imagem de", "")]


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_not_kept_on_the_way(cenario: Cenario, client: Client) -> None:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    grande = SimpleUploadedFile("logo.png", b"\x00" * (4 * 1024 * 1024))
    endereco = reverse("convenios:trocar_logo", kwargs={"slug": "pasa", "codigo": 1})
    resposta = client.post(endereco, {"logo": grande}, follow=True)
    assert "passa de 512" in resposta.content.decode()


@pytest.mark.django_db
def test_the_logo_is_behind_the_wall(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.select_related("operadora").get(principal=True)
        trocar_logo(convenio=principal, logo=ler_logo(imagem()), por=cenario.pessoa("gestor", "pasa"))
    for quem, ve in (("pasa", 1), ("aurelia", 1), ("boavista", 1), ("sulina", 0), ("cedro", 0)):
        with cenario.dentro(quem):
            assert LogoDoConvenio.objects.count() == ve, quem
