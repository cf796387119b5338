"""People, organisations, and who belongs where."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from .papeis import Papel, Permissao, permissoes_de


class GerenteDeUsuarios(BaseUserManager["Usuario"]):
    """Creates people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **campos: Any) -> Usuario:
        """Create a person who logs in with `email`; without password nobody can log in as them."""
        usuario = self.model(email=email.strip().lower(), **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def get_by_natural_key(self, username: str | None) -> Usuario:
        return self.get(email=(username or "").lower())


class Usuario(AbstractBaseUser):
    """A person. What they may do depends on the organisation, see `Vinculo`."""

    email = models.EmailField("e-mail", unique=True)
    nome = models.CharField(max_length=70)
    is_active = models.BooleanField("ativo", default=True)
    is_superuser = models.BooleanField("superusuário da plataforma", default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nome"]

    objects = GerenteDeUsuarios()

    class Meta:
        verbose_name = "usuário"
        constraints = [models.UniqueConstraint(Lower("email"), name="usuario_email_sem_caixa")]

    def __str__(self) -> str:
        return self.nome or self.email

    @property
    def iniciais(self) -> str:
        """First letters of the first and last names."""
        partes = (self.nome or self.email).split()
        return (partes[0][:1] + (partes[-1][:1] if len(partes) > 1 else "")).upper()

    def get_full_name(self) -> str:
        return self.nome


class Organizacao(models.Model):
    """A tenant: a prestador or an operadora."""

    class Tipo(models.TextChoices):
        PRESTADOR = "prestador", "Prestador"
        OPERADORA = "operadora", "Operadora"

    tipo = models.CharField(max_length=9, choices=Tipo)
    nome = models.CharField("razão social", max_length=150)
    sigla = models.CharField("nome curto", max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    documento = models.CharField("CNPJ ou CPF", max_length=14)
    registro_ans = models.CharField("registro ANS", max_length=6, blank=True)
    cnes = models.CharField("CNES", max_length=7, blank=True)
    ativa = models.BooleanField(default=True)
    exige_segundo_fator = models.BooleanField("exige segundo fator", default=False)
    criada_em = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "organização"
        verbose_name_plural = "organizações"
        ordering = ["sigla"]
        constraints = [
            models.UniqueConstraint(fields=["tipo", "documento"], name="organizacao_documento_unico"),
            models.UniqueConstraint(
                fields=["registro_ans"],
                condition=~models.Q(registro_ans=""),
                name="organizacao_registro_ans_unico",
            ),
            models.CheckConstraint(
                condition=models.Q(tipo="operadora", registro_ans__regex=r"^[0-9]{6}$")
                | models.Q(tipo="prestador", registro_ans=""),
                name="organizacao_registro_so_de_operadora",
            ),
        ]

    def __str__(self) -> str:
        return self.rotulo

    @property
    def rotulo(self) -> str:
        """How people name it: "PASA | 331988" for an operadora, the short name for a prestador."""
        return f"{self.sigla} | {self.registro_ans}" if self.registro_ans else self.sigla

    @property
    def e_prestador(self) -> bool:
        return self.tipo == self.Tipo.PRESTADOR


class Vinculo(models.Model):
    """A person's membership of an organisation, with one papel."""

    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="vinculos")
    organizacao = models.ForeignKey(Organizacao, on_delete=models.CASCADE, related_name="vinculos")
    papel = models.CharField(max_length=30, choices=Papel)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "vínculo"
        constraints = [models.UniqueConstraint(fields=["organizacao", "usuario"], name="vinculo_unico")]

    def __str__(self) -> str:
        return f"vínculo {self.pk}"

    @property
    def permissoes(self) -> frozenset[Permissao]:
        """What this person may do here."""
        return permissoes_de(self.organizacao.tipo, self.papel)

    def pode(self, permissao: str) -> bool:
        """Whether this person may do that here. Raises ValueError for a permission that does not exist."""
        return Permissao(permissao) in self.permissoes
