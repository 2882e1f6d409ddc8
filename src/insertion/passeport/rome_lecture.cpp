#include "insertion/passeport/rome_lecture.hpp"

#include "insertion/dossier/cles.hpp"
#include "rules/feel/loading.hpp"
#include "spie/suggestion.hpp"
#include "text/csv_file.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace spie::passeport {

namespace {

constexpr std::array<std::string_view, 6> natures{
    "macro_savoir_etre", "macro_savoir_faire", "competence", "savoir", "metier", "appellation"};
constexpr std::size_t kept_faults = 1'000;

bool digits(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool code_ogr(std::string_view text) { return digits(text, 12); }
bool code_rome(std::string_view text) {
  return text.size() == 5 && text[0] >= 'A' && text[0] <= 'Z' && digits(text.substr(1), 4);
}

[[noreturn]] void refuse(Code code, std::string message, std::string where, std::string remedy,
                         std::string details = {}) {
  throw Error(
      Diagnostic{code, Level::error, std::move(message), std::move(where), std::move(remedy), std::move(details), {}});
}

struct Colonne {
  std::string_view nom;
  std::string_view autre = {}; // another name for it
};

struct Contenu {
  std::string_view nom;     // "competences"
  std::string_view fichier; // in the name of the file
  std::vector<Colonne> colonnes;
};

// In the order in which they are read: links name what the others gave.
const std::array<Contenu, 6> &contenus() {
  static const std::array<Contenu, 6> all{
      Contenu{"competences",
              "referentiel_competence",
              {{"code_ogr"},
               {"nature"},
               {"libelle_competence", "libelle"},
               {"definition"},
               {"code_ogr_macro_comp"},
               {"code_macro_comp"},
               {"cat_comp"},
               {"transition_eco"},
               {"transition_num"}}},
      Contenu{"savoirs",
              "referentiel_savoir",
              {{"code_ogr_savoir"},
               {"libelle_savoir", "libelle"},
               {"categorie_savoir", "categorie"},
               {"sous_categorie_savoir", "sous_categorie"}}},
      Contenu{
          "metiers", "referentiel_code_rome", {{"code_rome"}, {"code_ogr"}, {"libelle_rome"}, {"code_rome_parent"}}},
      Contenu{"appellations",
              "referentiel_appellation",
              {{"code_ogr"}, {"libelle_appellation_long"}, {"libelle_appellation_court"}, {"code_rome"}}},
      Contenu{
          "liens", "liens_rome_referentiels", {{"code_rome"}, {"code_compo_bloc"}, {"code_rubrique"}, {"code_ogr"}}},
      Contenu{"coeur_metier", "coherence_item", {{"code_rome"}, {"code_ogr"}, {"coeur_metier"}}}};
  return all;
}

// "unix_referentiel_competence_v460_utf8.csv": what it holds, and of which release; nothing for the other files.
struct NomLu {
  std::size_t contenu;
  std::string version;
};
std::optional<NomLu> read_name(std::string_view name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  const std::string lower = ascii_lower(name);
  std::string_view rest = lower;
  if (!rest.ends_with(".csv"))
    return std::nullopt;
  rest.remove_suffix(4);
  if (rest.starts_with("unix_"))
    rest.remove_prefix(5);
  for (std::size_t i = 0; i < contenus().size(); ++i) {
    if (!rest.starts_with(contenus()[i].fichier))
      continue;
    std::string_view after = rest.substr(contenus()[i].fichier.size());
    if (!after.starts_with("_v"))
      continue;
    after.remove_prefix(1);
    const std::string_view release = after.substr(0, after.find('_'));
    if (digits(release.substr(1), 6))
      return NomLu{i, std::string(release)};
  }
  return std::nullopt;
}

class Lecteur {
public:
  Lecteur(std::string_view version, const LoadLimits &limits) : loading_(limits, limites_usuelles_rome) {
    if (version.size() < 2 || version[0] != 'v' || !digits(version.substr(1), 6))
      refuse(Code::api_argument, "a release of the ROME is written v and its number", "version",
             "Write it as in the names of its files: v460.", std::string(version));
    read_.lecture.version = version;
  }

  RomeLu run(std::span<const FichierRome> files) {
    std::array<const FichierRome *, 6> given{};
    for (const FichierRome &file : files)
      take_name(file, given);
    if (given[0] == nullptr)
      refuse(Code::import_format, "no file of the skills is given", read_.lecture.version,
             "Give unix_referentiel_competence_" + read_.lecture.version + "_utf8.csv.");
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (i == 4)
        settle(); // links point at entries that no longer move
      if (given[i] != nullptr)
        read(i, *given[i]);
      else
        read_.lecture.absents.emplace_back(contenus()[i].nom);
    }
    for (auto &[pair, heart] : links_)
      read_.liens.push_back({pair.first, pair.second, std::move(heart)});
    read_.lecture.liens = static_cast<std::int64_t>(read_.liens.size());
    return std::move(read_);
  }

private:
  void take_name(const FichierRome &file, std::array<const FichierRome *, 6> &given) {
    const std::string shown = shortened(file.nom);
    const auto name = read_name(file.nom);
    if (!name) {
      std::vector<std::string> known;
      for (const Contenu &one : contenus())
        known.push_back("unix_" + std::string(one.fichier) + "_" + read_.lecture.version + "_utf8.csv");
      throw Error(Diagnostic{Code::import_format, Level::error,
                             "the name of the file is not one of those that are read", shown,
                             "Keep the names of France Travail, and give these alone.", shown,
                             nearest_or_all(std::string(file.nom), known)});
    }
    if (name->version != read_.lecture.version)
      refuse(Code::import_format, "the file is of release " + name->version + ", not of " + read_.lecture.version,
             shown, "Give the files of one release, and its name.", name->version);
    if (std::exchange(given[name->contenu], &file) != nullptr)
      refuse(Code::import_format, "two files hold the same", shown, "Give each file once.", shown);
    if (const std::size_t most = loading_.limits().bytes; file.octets.size() > most)
      refuse(Code::import_limit, "the file has more than " + std::to_string(most) + " bytes", shown,
             "Check that it is the right file, or raise the limit `bytes` of its load.");
  }

  // --- one file ---

  void read(std::size_t which, const FichierRome &file) {
    what_ = &contenus()[which];
    name_ = shortened(file.nom);
    std::size_t taken = 0;
    CsvFile csv([&](char *buffer, std::size_t size) {
      const std::size_t count = std::min(size, file.octets.size() - taken);
      std::copy_n(file.octets.data() + taken, count, buffer);
      taken += count;
      return count;
    });
    if (const auto fault = csv.open())
      refuse(fault->kind == CsvFault::Kind::encoding ? Code::import_encoding
             : fault->kind == CsvFault::Kind::limit  ? Code::import_limit
                                                     : Code::import_format,
             "the file cannot be read as CSV", name_, {}, fault->reason);
    find_columns(csv.header());
    account_ = &read_.lecture.fichiers.emplace_back(FichierLu{name_, std::string(what_->nom)});
    seen_.clear();
    windows_ = false;
    say_encoding(csv.header_line());
    CsvLine line;
    while (csv.next(line)) {
      if (line.cut)
        refuse(Code::import_truncated, "the file ends inside a line", place(line.number), "Ask for the whole file.");
      loading_.check(Code::import_limit, place(line.number), static_cast<std::int64_t>(1 + line.cells.size()));
      ++account_->recus;
      line_ = &line;
      faulty_ = false;
      aside_ = false;
      if (shape(line, csv.header().size()))
        take(which);
      ++(faulty_ ? account_->refuses_total : account_->lus);
      account_->hors_objet += aside_ && !faulty_ ? 1 : 0;
    }
    LectureRome &all = read_.lecture;
    all.recus += account_->recus;
    all.lus += account_->lus;
    all.refuses_total += account_->refuses_total;
    all.hors_objet += account_->hors_objet;
  }

  std::string place(std::size_t line) const { return name_ + ":" + std::to_string(line); }

  void find_columns(const std::vector<std::string> &header) {
    std::vector<std::string> bare;
    for (const std::string &name : header)
      bare.push_back(dossier::normalized_name(name));
    std::vector<Diagnostic> missing;
    columns_.clear();
    for (const Colonne &column : what_->colonnes) {
      auto wanted = dossier::normalized_name(column.nom);
      auto found = std::find(bare.begin(), bare.end(), wanted);
      if (found == bare.end() && !column.autre.empty()) {
        wanted = dossier::normalized_name(column.autre);
        found = std::find(bare.begin(), bare.end(), wanted);
      }
      if (found == bare.end()) {
        const std::string *like = nearest(column.nom, header);
        missing.push_back({Code::import_format, Level::error, "a column is missing", name_ + ":1",
                           "Give the file as France Travail publishes it.", std::string(column.nom),
                           like == nullptr ? std::string() : *like});
        continue;
      }
      if (std::find(found + 1, bare.end(), wanted) != bare.end())
        refuse(Code::import_format, "a column is given twice", name_ + ":1", "Take one of the two away.",
               std::string(column.nom));
      columns_.push_back(static_cast<std::size_t>(found - bare.begin()));
    }
    if (!missing.empty())
      throw Error(std::move(missing));
  }

  // What is wrong with the line as a whole.
  bool shape(CsvLine &line, std::size_t columns) {
    if (line.fault) {
      fault(line.fault->kind == CsvFault::Kind::encoding ? Code::import_encoding
            : line.fault->kind == CsvFault::Kind::limit  ? Code::import_limit
                                                         : Code::import_key,
            {}, line.shown, line.fault->reason, line.fault->remedy);
      return false;
    }
    say_encoding(line);
    const bool longer =
        line.cells.size() > columns && std::any_of(line.cells.begin() + static_cast<std::ptrdiff_t>(columns),
                                                   line.cells.end(), [](const auto &cell) { return !cell.empty(); });
    if (line.cells.size() >= columns && !longer)
      return true;
    fault(Code::import_key, {}, {},
          "la ligne a " + std::to_string(line.cells.size()) + " colonnes, l’en-tête " + std::to_string(columns) +
              "\u202F: ses valeurs seraient décalées",
          "Mettre entre guillemets les textes qui tiennent un séparateur.");
    return false;
  }

  void say_encoding(const CsvLine &line) {
    if (!line.windows_1252 || std::exchange(windows_, true))
      return;
    keep(read_.lecture.avertissements, read_.lecture.avertissements_total,
         {Code::import_encoding,
          name_,
          static_cast<std::int64_t>(line.number),
          {},
          {},
          "le fichier n’est pas en UTF-8\u202F: les lignes qui ne le sont pas sont lues en windows-1252",
          "Vérifier les accents."});
  }

  static void keep(std::vector<RefusRome> &list, std::int64_t &total, RefusRome one) {
    ++total;
    if (list.size() < kept_faults)
      list.push_back(std::move(one));
  }

  RefusRome said(Code code, std::size_t column, std::string_view value, std::string reason, std::string remedy) const {
    return {code,
            name_,
            static_cast<std::int64_t>(line_->number),
            column == whole ? std::string() : std::string(what_->colonnes[column].nom),
            shortened(value),
            std::move(reason),
            std::move(remedy)};
  }
  void fault(Code code, std::optional<std::size_t> column, std::string_view value, std::string reason,
             std::string remedy) {
    faulty_ = true;
    keep(read_.lecture.refuses, read_.lecture.fautes,
         said(code, column.value_or(whole), value, std::move(reason), std::move(remedy)));
  }
  void warn(std::size_t column, std::string reason, std::string remedy) {
    keep(read_.lecture.avertissements, read_.lecture.avertissements_total,
         said(Code::import_value, column, cell(column), std::move(reason), std::move(remedy)));
  }

  // --- one line ---

  const std::string &cell(std::size_t column) const { return line_->cells[columns_[column]]; }

  // The cell, when it is a code of its kind.
  const std::string &ogr(std::size_t column, bool needed = true) {
    const std::string &text = cell(column);
    if ((needed || !text.empty()) && !code_ogr(text))
      fault(Code::import_key, column, text,
            text.empty() ? "le code manque" : "ce n’est pas un code OGR\u202F: des chiffres, douze au plus",
            "Corriger la ligne à la source.");
    return text;
  }
  const std::string &rome(std::size_t column, bool needed = true) {
    const std::string &text = cell(column);
    if ((needed || !text.empty()) && !code_rome(text))
      fault(Code::import_key, column, text,
            text.empty() ? "le code manque" : "ce n’est pas un code ROME\u202F: une lettre et quatre chiffres",
            "Corriger la ligne à la source.");
    return text;
  }
  const std::string &label(std::size_t column) {
    const std::string &text = cell(column);
    if (dossier::normalized_name(text).empty())
      fault(Code::import_key, column, text, "le libellé manque", "Corriger la ligne à la source.");
    return text;
  }

  void take(std::size_t which) {
    switch (which) {
    case 0:
      return take_skill();
    case 1:
      return take_knowledge();
    case 2:
      return take_job();
    case 3:
      return take_title();
    case 4:
      return take_link();
    default:
      return take_heart();
    }
  }

  void add(EntreeRome made, std::size_t column) {
    if (faulty_)
      return;
    if (const std::size_t most = loading_.limits().list_size; read_.entrees.size() == most)
      refuse(Code::import_limit, "the release has more than " + std::to_string(most) + " entries", place(line_->number),
             "Check that these are the right files, or raise the limit `list_size` of their load.");
    const auto [first, fresh] = seen_.emplace(made.code, line_->number);
    if (!fresh)
      return fault(Code::import_key, column, made.code,
                   "le code est déjà celui de la ligne " + std::to_string(first->second),
                   "Garder l’une des deux lignes.");
    made.version = read_.lecture.version;
    read_.entrees.push_back(std::move(made));
  }

  // A macro says of which kind it is, or its category does.
  std::string skill_nature() {
    const std::string said_nature = dossier::normalized_name(cell(1));
    if (said_nature.starts_with("COMPETENCE"))
      return "competence";
    const std::string all = said_nature + " " + dossier::normalized_name(cell(6));
    if (said_nature.starts_with("MACRO") && all.find("SAVOIR ETRE") != std::string::npos)
      return "macro_savoir_etre";
    if (said_nature.starts_with("MACRO") && all.find("SAVOIR FAIRE") != std::string::npos)
      return "macro_savoir_faire";
    if (said_nature.starts_with("MACRO"))
      fault(Code::import_key, 6, cell(6), "une macro-compétence est de savoir-faire ou de savoir-être",
            "Corriger la ligne à la source.");
    else
      fault(Code::import_key, 1, cell(1), "la nature n’est ni une compétence ni une macro-compétence",
            "Corriger la ligne à la source, ou signaler ce que la version a de nouveau.");
    return {};
  }

  void take_skill() {
    EntreeRome made;
    made.code = ogr(0);
    made.nature = skill_nature();
    made.libelle = label(2);
    made.definition = cell(3);
    made.macro = ogr(4, false);
    made.code_macro = cell(5);
    made.categorie = cell(6);
    made.transition_eco = cell(7);
    made.transition_num = cell(8);
    add(std::move(made), 0);
  }

  void take_knowledge() {
    EntreeRome made;
    made.nature = "savoir";
    made.code = ogr(0);
    made.libelle = label(1);
    made.categorie = cell(2);
    made.sous_categorie = cell(3);
    add(std::move(made), 0);
  }

  void take_job() {
    EntreeRome made;
    made.nature = "metier";
    made.code = rome(0);
    made.code_ogr = ogr(1, false);
    made.libelle = label(2);
    made.parent = rome(3, false);
    add(std::move(made), 0);
  }

  void take_title() {
    EntreeRome made;
    made.nature = "appellation";
    made.code = ogr(0);
    made.libelle = label(1);
    made.libelle_court = cell(2);
    made.metier = rome(3);
    if (!faulty_ && loaded("metiers") && jobs_.empty())
      for (const EntreeRome &one : read_.entrees)
        if (one.nature == "metier")
          jobs_.insert(one.code);
    if (!faulty_ && loaded("metiers") && !jobs_.contains(made.metier))
      warn(3, "ce code n’est pas dans le fichier des métiers", "Vérifier que les fichiers sont de la même livraison.");
    add(std::move(made), 0);
  }

  bool loaded(std::string_view content) const {
    return std::any_of(read_.lecture.fichiers.begin(), read_.lecture.fichiers.end(),
                       [&](const FichierLu &file) { return file.contenu == content; });
  }

  // Sorts the entries, and finds them by code; says of competences those whose macro is not there.
  void settle() {
    std::vector<std::pair<std::tuple<std::size_t, std::string, std::string>, std::size_t>> order;
    order.reserve(read_.entrees.size());
    for (std::size_t i = 0; i < read_.entrees.size(); ++i) {
      const EntreeRome &one = read_.entrees[i];
      order.push_back({{rang_nature(one.nature), dossier::normalized_name(one.libelle), one.code}, i});
    }
    std::sort(order.begin(), order.end());
    std::vector<EntreeRome> sorted;
    sorted.reserve(order.size());
    for (const auto &[key, place] : order)
      sorted.push_back(std::move(read_.entrees[place]));
    read_.entrees = std::move(sorted);
    for (std::uint32_t i = 0; i < read_.entrees.size(); ++i) {
      const EntreeRome &one = read_.entrees[i];
      ++read_.lecture.natures[one.nature];
      if (one.nature == "metier")
        metiers_.emplace(one.code, i);
      else if (one.nature == "savoir")
        savoirs_.emplace(one.code, i);
      else if (one.nature != "appellation")
        skills_.emplace(one.code, i);
    }
    for (const EntreeRome &one : read_.entrees) {
      if (one.nature != "competence" || one.macro.empty())
        continue;
      const auto found = skills_.find(one.macro);
      if (found == skills_.end() || !read_.entrees[found->second].nature.starts_with("macro"))
        keep(read_.lecture.avertissements, read_.lecture.avertissements_total,
             {Code::import_code, read_.lecture.fichiers.front().fichier, 0, "code_ogr_macro_comp", one.macro,
              "la compétence " + one.code + " nomme une macro-compétence qui n’y est pas",
              "Rien à faire\u202F: le code est gardé tel quel."});
    }
  }

  const std::uint32_t *find(const std::unordered_map<std::string, std::uint32_t> &among,
                            const std::string &code) const {
    const auto found = among.find(code);
    return found == among.end() ? nullptr : &found->second;
  }

  // The métier of a link; nullptr when the line is refused, or when métiers were not given.
  const std::uint32_t *link_job() {
    const std::string &code = rome(0);
    if (faulty_)
      return nullptr;
    aside_ = !loaded("metiers");
    const std::uint32_t *job = find(metiers_, code);
    if (job == nullptr && !aside_)
      fault(Code::import_code, 0, code, "ce code n’est pas dans le fichier des métiers",
            "Vérifier que les fichiers sont de la même livraison.");
    return job;
  }

  void take_link() {
    const std::string &heading = cell(2);
    const std::string &code = ogr(3);
    const std::uint32_t *job = link_job();
    if (heading.empty()) { // of another block: the sheet itself, its titles, its contexts
      aside_ = true;
      return;
    }
    if (heading != "1" && heading != "2" && heading != "3")
      return fault(Code::import_value, 2, heading, "la rubrique n’est ni 1, ni 2, ni 3",
                   "Corriger la ligne à la source, ou signaler ce que la version a de nouveau.");
    const bool knowledge = heading == "3";
    const std::uint32_t *linked = find(knowledge ? savoirs_ : skills_, code);
    if (faulty_ || job == nullptr)
      return;
    if (knowledge && !loaded("savoirs")) {
      aside_ = true;
      return;
    }
    if (linked == nullptr)
      return fault(Code::import_code, 3, code,
                   knowledge ? "ce code n’est pas dans le fichier des savoirs"
                             : "ce code n’est pas dans le fichier des compétences",
                   "Vérifier que les fichiers sont de la même livraison.");
    links_.try_emplace({*job, *linked});
  }

  void take_heart() {
    const std::string &code = ogr(1);
    const std::uint32_t *job = link_job();
    if (faulty_ || job == nullptr)
      return;
    const std::uint32_t *skill = find(skills_, code), *knowledge = find(savoirs_, code);
    if (skill != nullptr && knowledge != nullptr)
      return fault(Code::import_key, 1, code, "ce code est à la fois une compétence et un savoir",
                   "Corriger la ligne à la source.");
    if (skill == nullptr && knowledge == nullptr) { // a context of work, mostly
      aside_ = true;
      return;
    }
    std::string &heart = links_[{*job, skill != nullptr ? *skill : *knowledge}];
    if (heart.empty())
      heart = cell(2);
  }

  static constexpr std::size_t whole = static_cast<std::size_t>(-1);

  feel::Loading loading_;
  RomeLu read_;
  const Contenu *what_ = nullptr;
  std::string name_;
  std::vector<std::size_t> columns_; // of the file, by those of the content
  FichierLu *account_ = nullptr;
  const CsvLine *line_ = nullptr;
  bool faulty_ = false, aside_ = false, windows_ = false;
  std::unordered_map<std::string, std::size_t> seen_; // codes of the file, with their line
  std::set<std::string> jobs_;
  std::unordered_map<std::string, std::uint32_t> skills_, savoirs_, metiers_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> links_;
};

} // namespace

std::span<const std::string_view> natures_rome() noexcept { return natures; }

std::size_t rang_nature(std::string_view nature) {
  const auto found = std::find(natures.begin(), natures.end(), nature);
  if (found == natures.end())
    throw Error(Diagnostic{Code::api_argument, Level::error, "there is no such nature of entry", "nature",
                           "Give one of those of natures_rome().", std::string(nature),
                           nearest_or_all(nature, {natures.begin(), natures.end()})});
  return static_cast<std::size_t>(found - natures.begin());
}

std::string version_du_nom(std::string_view nom) {
  const auto name = read_name(nom);
  return name ? name->version : std::string();
}

RomeLu lire_rome(std::string_view version, std::span<const FichierRome> fichiers, const LoadLimits &limits) {
  return Lecteur(version, limits).run(fichiers);
}

} // namespace spie::passeport
