"""The words of the interface in Vietnamese, French and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """Everything the pages say in one language; `{…}` is filled in by the templates.

    `{query}` is what the visitor typed, `{count}` an already formatted number. Where a language
    has one form for all numbers, both members of a pair are the same.
    """

    code: str
    name: str
    tagline: str
    skip: str
    search_label: str
    placeholder: str
    search: str
    examples: str
    holds: str
    results_one: str
    results_many: str
    results_title: str
    languages: str
    sources: str
    dates: str
    since: str
    until: str
    date_hint: str
    narrow: str
    years: str
    sort: str
    sort_relevance: str
    sort_newest: str
    sort_oldest: str
    take_away: str
    take_csv: str
    take_jsonl: str
    follow: str
    feed_title: str
    all: str
    other_language: str
    unfilter: str
    take_off: str
    pages: str
    page: str
    previous: str
    next: str
    past_end: str
    to_last_page: str
    nothing: str
    nothing_filtered: str
    advice: tuple[str, ...]
    notes: str
    likely_accents: str
    may_be: str
    meant: str
    meant_keyboard: str
    meant_typo: str
    similar_one: str
    similar_many: str
    similar_more: str
    grouped_one: str
    grouped_many: str
    ungroup: str
    group: str
    copies: str
    copies_one: str
    copies_many: str
    other_marks: str
    why: str
    how_exact: str
    how_restored: str
    how_unmarked: str
    how_prefix: str
    how_stem: str
    how_other_marks: str
    help: str
    help_more: str
    untitled: str
    back: str
    source: str
    author: str
    date: str
    language: str
    address: str
    matches_one: str
    matches_many: str
    first_match: str
    match_list: str
    previous_match: str
    next_match: str
    no_match: str
    completions: str
    keys: str
    key_focus: str
    key_move: str
    key_open: str
    key_matches: str
    key_close: str
    key_list: str
    key_use: str
    close: str
    no_text: str
    boilerplate: str
    interface: str
    not_found: str
    not_found_text: str
    no_document: str
    no_document_text: str
    bad_request: str
    bad_request_text: str
    too_many: str
    too_many_text: str
    failure: str
    failure_text: str
    no_index: str
    no_index_text: str
    bad_index: str
    bad_index_text: str


VIETNAMESE = Strings(
    code="vi",
    name="Tiếng Việt",
    tagline="Tìm trong kho văn bản tiếng Việt và tiếng Pháp, gõ có dấu hay không dấu đều được.",
    skip="Đến nội dung chính",
    search_label="Từ cần tìm",
    placeholder="Có dấu hoặc không dấu",
    search="Tìm",
    examples="Tìm thử",
    holds="Kho có {count} văn bản.",
    results_one="{count} kết quả",
    results_many="{count} kết quả",
    results_title="Kết quả cho “{query}”",
    languages="Ngôn ngữ",
    sources="Nguồn",
    dates="Thời gian",
    since="Từ ngày",
    until="Đến ngày",
    date_hint="2024, 5/2024 hoặc 12/5/2024",
    narrow="Lọc",
    years="Năm",
    sort="Sắp xếp",
    sort_relevance="Sát nhất",
    sort_newest="Mới nhất",
    sort_oldest="Cũ nhất",
    take_away="Tải danh sách kết quả:",
    take_csv="bảng tính (CSV)",
    take_jsonl="JSON Lines",
    follow="Theo dõi câu tìm này (Atom)",
    feed_title="Song Ngữ: “{query}”",
    all="Tất cả",
    other_language="Khác",
    unfilter="Bỏ các bộ lọc",
    take_off="bỏ lọc",
    pages="Các trang kết quả",
    page="Trang {count}",
    previous="Trước",
    next="Sau",
    past_end="Không có trang {page}: kết quả chỉ có {count} trang.",
    to_last_page="Đến trang cuối",
    nothing="Không tìm thấy gì cho “{query}”",
    nothing_filtered="Có thể bộ lọc đang ẩn bớt kết quả.",
    advice=(
        "Gõ ít từ hơn, giữ lại những từ quan trọng nhất.",
        "Gõ không dấu: “quyen con nguoi” tìm được cả “quyền con người”.",
        "Xem lại chính tả, hoặc thử một từ cùng nghĩa.",
    ),
    notes="Lưu ý",
    likely_accents="Các cách bỏ dấu",
    may_be="{word} có thể là",
    meant="Gợi ý",
    meant_keyboard="Có lẽ bạn gõ kiểu Telex hoặc VNI mà chưa bật bộ gõ. Tìm {query}",
    meant_typo="Có phải bạn tìm {query}?",
    similar_one="{count} văn bản tương tự",
    similar_many="{count} văn bản tương tự",
    similar_more="và {count} văn bản nữa",
    grouped_one="Đã gộp {count} văn bản tương tự.",
    grouped_many="Đã gộp {count} văn bản tương tự.",
    ungroup="Hiện tất cả",
    group="Gộp các văn bản tương tự",
    copies="Còn có ở",
    copies_one="có thêm {count} bản y hệt",
    copies_many="có thêm {count} bản y hệt",
    other_marks="Với dấu khác",
    why="Vì sao?",
    how_exact="đúng như đã gõ",
    how_restored="đã thêm dấu",
    how_unmarked="viết không dấu",
    how_prefix="bắt đầu như đã gõ",
    how_stem="cùng gốc từ",
    how_other_marks="dấu khác với dấu đã gõ",
    help="Cách tìm",
    help_more="Xem tất cả những gì có thể gõ",
    untitled="(Không có tiêu đề)",
    back="Trở lại kết quả cho “{query}”",
    source="Nguồn",
    author="Tác giả",
    date="Ngày",
    language="Ngôn ngữ",
    address="Địa chỉ gốc",
    matches_one="{count} chỗ khớp với “{query}”",
    matches_many="{count} chỗ khớp với “{query}”",
    first_match="Đến chỗ khớp đầu tiên",
    match_list="Danh sách các chỗ khớp",
    previous_match="Chỗ khớp trước",
    next_match="Chỗ khớp sau",
    completions="Gợi ý gõ tiếp",
    keys="Phím tắt",
    key_focus="đến ô tìm",
    key_move="đi giữa các gợi ý, các kết quả",
    key_open="mở kết quả",
    key_matches="chỗ khớp sau, chỗ khớp trước trong văn bản",
    key_close="đóng các gợi ý",
    key_list="hiện bảng này",
    key_use="Dùng các phím tắt là chữ hoặc dấu",
    close="Đóng",
    no_match="Không có chỗ nào trong văn bản khớp với “{query}”.",
    no_text="Văn bản này không có nội dung.",
    boilerplate="Phần của trang web không thuộc bài viết (không được tìm kiếm)",
    interface="Ngôn ngữ giao diện",
    not_found="Không tìm thấy trang",
    not_found_text="Địa chỉ này không dẫn đến trang nào. Bạn có thể tìm lại ở đây:",
    no_document="Không tìm thấy văn bản",
    no_document_text="Văn bản này không còn trong kho, hoặc địa chỉ không đúng. Bạn có thể tìm lại ở đây:",
    bad_request="Yêu cầu không hợp lệ",
    bad_request_text="Máy chủ không hiểu được yêu cầu này. Bạn có thể tìm lại ở đây:",
    too_many="Quá nhiều yêu cầu",
    too_many_text="Máy của bạn vừa gửi quá nhiều yêu cầu. Bạn vui lòng đợi một phút rồi tìm lại:",
    failure="Đã xảy ra lỗi",
    failure_text="Lỗi do phía chúng tôi và đã được ghi lại. Bạn vui lòng thử lại sau ít phút.",
    no_index="Chưa có gì để tìm",
    no_index_text="Chưa có văn bản nào được lập chỉ mục. Hãy chạy lệnh dưới đây rồi tải lại trang này.",
    bad_index="Không đọc được chỉ mục",
    bad_index_text=(
        "Chỉ mục bị hỏng, hoặc do một phiên bản khác của phần mềm tạo ra. "
        "Hãy lập lại chỉ mục bằng lệnh dưới đây rồi tải lại trang này."
    ),
)

FRENCH = Strings(
    code="fr",
    name="Français",
    tagline="Cherchez dans des textes vietnamiens et français, avec ou sans accents.",
    skip="Aller au contenu",
    search_label="Mots à chercher",
    placeholder="Avec ou sans accents",
    search="Chercher",
    examples="Essayez",
    holds="Le fonds compte {count} documents.",
    results_one="{count} résultat",
    results_many="{count} résultats",
    results_title="Résultats pour « {query} »",
    languages="Langues",
    sources="Sources",
    dates="Dates",
    since="Depuis",
    until="Jusqu’au",
    date_hint="2024, 5/2024 ou 12/5/2024",
    narrow="Filtrer",
    years="Années",
    sort="Trier",
    sort_relevance="Pertinence",
    sort_newest="Plus récents",
    sort_oldest="Plus anciens",
    take_away="Télécharger la liste :",
    take_csv="tableur (CSV)",
    take_jsonl="JSON Lines",
    follow="Suivre cette recherche (Atom)",
    feed_title="Song Ngữ : « {query} »",
    all="Toutes",
    other_language="Autres",
    unfilter="Retirer les filtres",
    take_off="retirer ce filtre",
    pages="Pages de résultats",
    page="Page {count}",
    previous="Précédente",
    next="Suivante",
    past_end="La page {page} n’existe pas : les résultats s’arrêtent à la page {count}.",
    to_last_page="Aller à la dernière page",
    nothing="Aucun résultat pour « {query} »",
    nothing_filtered="Les filtres cachent peut-être des résultats.",
    advice=(
        "Essayez avec moins de mots, en gardant les plus importants.",
        "Tapez sans accents : « quyen con nguoi » trouve aussi « quyền con người ».",
        "Vérifiez l’orthographe, ou essayez un synonyme.",
    ),
    notes="À noter",
    likely_accents="Accents possibles",
    may_be="{word} peut être",
    meant="Suggestions",
    meant_keyboard="Vous avez peut-être tapé en Telex ou en VNI : {query}",
    meant_typo="Vouliez-vous dire {query} ?",
    similar_one="{count} document similaire",
    similar_many="{count} documents similaires",
    similar_more="et {count} de plus",
    grouped_one="{count} document similaire est regroupé avec un autre.",
    grouped_many="{count} documents similaires sont regroupés avec d’autres.",
    ungroup="Tout afficher",
    group="Regrouper les documents similaires",
    copies="Se trouve aussi",
    copies_one="{count} autre exemplaire identique",
    copies_many="{count} autres exemplaires identiques",
    other_marks="Avec d’autres accents",
    why="Pourquoi ?",
    how_exact="exactement comme tapé",
    how_restored="accents rétablis",
    how_unmarked="écrit sans accents",
    how_prefix="commence ainsi",
    how_stem="même racine",
    how_other_marks="d’autres accents que ceux tapés",
    help="Aide à la recherche",
    help_more="Tout ce que l’on peut taper",
    untitled="(Sans titre)",
    back="Retour aux résultats pour « {query} »",
    source="Source",
    author="Auteur",
    date="Date",
    language="Langue",
    address="Adresse d’origine",
    matches_one="{count} passage correspond à « {query} »",
    matches_many="{count} passages correspondent à « {query} »",
    first_match="Aller au premier",
    match_list="Liste des passages",
    previous_match="Passage précédent",
    next_match="Passage suivant",
    completions="Suggestions de saisie",
    keys="Raccourcis clavier",
    key_focus="aller au champ de recherche",
    key_move="parcourir les suggestions, les résultats",
    key_open="ouvrir le résultat",
    key_matches="passage suivant, passage précédent du document",
    key_close="fermer les suggestions",
    key_list="afficher cette liste",
    key_use="Utiliser les raccourcis d’une seule touche",
    close="Fermer",
    no_match="Aucun passage du texte ne correspond à « {query} ».",
    no_text="Ce document est vide.",
    boilerplate="Éléments de la page hors article (non indexés)",
    interface="Langue de l’interface",
    not_found="Page introuvable",
    not_found_text="Cette adresse ne mène à aucune page. Vous pouvez relancer une recherche ici :",
    no_document="Document introuvable",
    no_document_text="Ce document n’est plus dans le fonds, ou l’adresse est erronée. Cherchez-le ici :",
    bad_request="Requête incorrecte",
    bad_request_text="Le serveur n’a pas compris cette requête. Vous pouvez relancer une recherche ici :",
    too_many="Trop de requêtes",
    too_many_text="Votre poste en a envoyé trop à la fois. Patientez une minute, puis cherchez de nouveau :",
    failure="Une erreur s’est produite",
    failure_text="Elle vient de chez nous et a été consignée. Merci de réessayer dans quelques minutes.",
    no_index="Rien à chercher pour l’instant",
    no_index_text="Aucun document n’est indexé. Lancez la commande ci-dessous, puis rechargez cette page.",
    bad_index="Index illisible",
    bad_index_text=(
        "L’index est endommagé, ou une autre version du logiciel l’a créé. "
        "Refaites-le avec la commande ci-dessous, puis rechargez cette page."
    ),
)

ENGLISH = Strings(
    code="en",
    name="English",
    tagline="Search Vietnamese and French texts, with or without accents.",
    skip="Skip to the content",
    search_label="Words to search for",
    placeholder="With or without accents",
    search="Search",
    examples="Try",
    holds="{count} documents to search.",
    results_one="{count} result",
    results_many="{count} results",
    results_title="Results for “{query}”",
    languages="Languages",
    sources="Sources",
    dates="Dates",
    since="From",
    until="To",
    date_hint="2024, 5/2024 or 12/5/2024 (day first)",
    narrow="Filter",
    years="Years",
    sort="Sort",
    sort_relevance="Best match",
    sort_newest="Newest",
    sort_oldest="Oldest",
    take_away="Download the list:",
    take_csv="spreadsheet (CSV)",
    take_jsonl="JSON Lines",
    follow="Follow this search (Atom)",
    feed_title="Song Ngữ: “{query}”",
    all="All",
    other_language="Other",
    unfilter="Remove the filters",
    take_off="remove this filter",
    pages="Pages of results",
    page="Page {count}",
    previous="Previous",
    next="Next",
    past_end="There is no page {page}: the results end at page {count}.",
    to_last_page="Go to the last page",
    nothing="Nothing found for “{query}”",
    nothing_filtered="The filters may be hiding results.",
    advice=(
        "Use fewer words: keep the ones that matter most.",
        "Type without accents: “quyen con nguoi” also finds “quyền con người”.",
        "Check the spelling, or try another word for the same thing.",
    ),
    notes="Please note",
    likely_accents="Likely accents",
    may_be="{word} may be",
    meant="Suggestions",
    meant_keyboard="Perhaps you typed this in Telex or VNI: {query}",
    meant_typo="Did you mean {query}?",
    similar_one="{count} similar document",
    similar_many="{count} similar documents",
    similar_more="and {count} more",
    grouped_one="{count} similar document is grouped with another.",
    grouped_many="{count} similar documents are grouped with others.",
    ungroup="Show all",
    group="Group similar documents",
    copies="Also found at",
    copies_one="{count} more identical copy",
    copies_many="{count} more identical copies",
    other_marks="With different accents",
    why="Why?",
    how_exact="exactly as typed",
    how_restored="accents restored",
    how_unmarked="written without accents",
    how_prefix="begins as typed",
    how_stem="same stem",
    how_other_marks="accents other than those typed",
    help="Search help",
    help_more="See everything that can be typed",
    untitled="(Untitled)",
    back="Back to the results for “{query}”",
    source="Source",
    author="Author",
    date="Date",
    language="Language",
    address="Original address",
    matches_one="{count} passage matches “{query}”",
    matches_many="{count} passages match “{query}”",
    first_match="Go to the first one",
    match_list="List of passages",
    previous_match="Previous passage",
    next_match="Next passage",
    completions="Completions",
    keys="Keyboard",
    key_focus="go to the search field",
    key_move="move along completions and results",
    key_open="open the result",
    key_matches="next and previous passage of the document",
    key_close="close the completions",
    key_list="show this list",
    key_use="Use shortcuts of a single key",
    close="Close",
    no_match="No passage of the text matches “{query}”.",
    no_text="This document is empty.",
    boilerplate="Parts of the page outside the article (not searched)",
    interface="Language of the interface",
    not_found="Page not found",
    not_found_text="This address leads nowhere. You can search again here:",
    no_document="Document not found",
    no_document_text="This document is no longer here, or the address is wrong. You can search for it here:",
    bad_request="Bad request",
    bad_request_text="The server did not understand this request. You can search again here:",
    too_many="Too many requests",
    too_many_text="Your computer has just sent too many requests. Wait a minute, then search again:",
    failure="Something went wrong",
    failure_text="The fault is ours and has been recorded. Please try again in a few minutes.",
    no_index="Nothing to search yet",
    no_index_text="No document has been indexed. Run the command below, then reload this page.",
    bad_index="The index cannot be read",
    bad_index_text=(
        "It is damaged, or was made by another version of the software. "
        "Build it again with the command below, then reload this page."
    ),
)

LANGUAGES = {words.code: words for words in (VIETNAMESE, FRENCH, ENGLISH)}
