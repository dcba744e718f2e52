"""Names that a package imports when they are first asked for (as transformers does): read in its source, not imported."""

import ast
import sys

# Packages of single models of which the source is read; of the many others the names are enough.
_READ_MODELS = frozenset(
    "albert auto bart bert bert_generation blip camembert clip convnext deberta deberta_v2 deit detr distilbert electra encoder_decoder "
    "gemma gpt2 gpt_neo gpt_neox layoutlm layoutlmv2 layoutlmv3 llama longformer marian mbart mistral mobilebert mt5 opt pegasus "
    "qwen2 resnet roberta segformer speech_encoder_decoder swin t5 trocr videomae vilt vision_encoder_decoder vit vit_mae wav2vec2 "
    "whisper xlm_roberta".split()
)


class Sources:
    """Source files of one package, each parsed once; the last one is kept."""

    def __init__(self, package: object) -> None:
        self._name = package.__name__
        self._root = package.__path__[0]
        self._kept: "tuple[str, dict]" = ("", {})

    def entries(self, name: str, module: str) -> "list[dict]":
        """Entries of a name and of its methods, from the module `module` of the package."""
        path = f"{self._name}.{name}"
        also = [f"{self._name}.{module}.{name}"]
        parts = module.split(".")
        is_read = parts[0] != "models" or len(parts) < 2 or parts[1] in _READ_MODELS
        node = self._definitions(module).get(name) if is_read else None
        if isinstance(node, ast.ClassDef):
            return self._class(path, node, also)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return [_function(path, "function", node, also=also)]
        return [from_texts(path, "class" if name[:1].isupper() else "value", "", None, None, also=also)]

    def _class(self, path: str, node: ast.ClassDef, also: "list[str]") -> "list[dict]":
        methods = [each for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
        init = next((each for each in methods if each.name == "__init__"), None)
        doc = ast.get_docstring(node) or (ast.get_docstring(init) if init else None) or ""
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]
        signature = _arguments(init.args) if init else _fields(node, fields)
        bases = [f"{self._name}.{base.id}" for base in node.bases if isinstance(base, ast.Name)]
        text = doc[:20_000]
        own = from_texts(path, "class", text, signature, deprecation_of(None, text), also=also, bases=bases)
        public = [each for each in methods if not each.name.startswith("_")]
        return [own, *(_function(f"{path}.{each.name}", "method", each) for each in public)]

    def _definitions(self, module: str) -> dict:
        if self._kept[0] != module:
            self._kept = (module, _parse(f"{self._root}/{module.replace('.', '/')}"))
        return self._kept[1]


def _parse(path: str) -> dict:
    for file in (f"{path}.py", f"{path}/__init__.py"):
        try:
            with open(file, encoding="utf-8") as source:
                tree = ast.parse(source.read(2_000_000))
        except (OSError, SyntaxError, ValueError):
            continue
        return {node.name: node for node in tree.body if hasattr(node, "name")}
    return {}


def _function(path: str, kind: str, node: "ast.FunctionDef | ast.AsyncFunctionDef", **more: object) -> dict:
    doc = (ast.get_docstring(node) or "")[:20_000]
    return from_texts(path, kind, doc, _arguments(node.args), deprecation_of(None, doc), **more)


def _arguments(arguments: ast.arguments) -> str:
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if each is not None:
            each.annotation = None
    positional = arguments.posonlyargs or arguments.args
    text = ast.unparse(arguments)
    if positional and positional[0].arg in ("self", "cls"):
        text = text[len(positional[0].arg) :].removeprefix(",").removeprefix(" ").removeprefix("/, ")
    return clean(f"({text})", 500)


def _fields(node: ast.ClassDef, fields: "list[ast.AnnAssign]") -> "str | None":
    """The parameters of a data class."""
    if not any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list):
        return None
    parts = [f"{each.target.id}={_default(each.value)}" if each.value else each.target.id for each in fields]
    return f"({', '.join(parts)})"[:6_000]


def _default(value: ast.expr) -> str:
    if isinstance(value, ast.Call):
        value = next((each.value for each in value.keywords if each.arg == "default"), ast.Constant(...))
    return clean(ast.unparse(value), 30)


def lazy_names(module: object) -> "dict[str, str]":
    """Name to module, for a package that imports its names only when they are asked for."""
    found = vars(module).get("_class_to_module")
    return {key: value for key, value in found.items() if type(value) is str} if type(found) is dict else {}


def loaded(package: str, module: str) -> object:
    """A module of the package that has been imported already; None if it has not."""
    return sys.modules.get(f"{package}.{module}")
