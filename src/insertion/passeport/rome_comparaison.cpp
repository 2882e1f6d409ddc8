// What a release says of codes that were written down under another.
#include "insertion/dossier/cles.hpp"
#include "insertion/passeport/rome_contenu.hpp"
#include "spie/suggestion.hpp"

#include <optional>

namespace spie::passeport {

namespace {

// 460 for "v460"; nothing for what names no release.
std::optional<unsigned long> release_number(std::string_view version) {
  if (version.size() < 2 || version.size() > 7 || version[0] != 'v')
    return std::nullopt;
  unsigned long number = 0;
  for (const char c : version.substr(1)) {
    if (c < '0' || c > '9')
      return std::nullopt;
    number = number * 10 + static_cast<unsigned long>(c - '0');
  }
  return number;
}

std::string_view content_of(std::string_view nature) {
  if (nature == "savoir")
    return "savoirs";
  if (nature == "metier")
    return "metiers";
  return nature == "appellation" ? "appellations" : "competences";
}

// The file that may hold the code, when it was not given; empty when every one that may was.
std::string_view missing_content(const LectureRome &lecture, std::string_view nature) {
  for (const std::string &absent : lecture.absents)
    if (absent != "liens" && absent != "coeur_metier" && (nature.empty() || content_of(nature) == absent))
      return absent;
  return {};
}

std::string quoted(std::string_view text) { return "«\u202F" + std::string(text) + "\u202F»"; }

std::string said_nature(std::string_view nature) {
  if (nature == "macro_savoir_etre")
    return "macro-compétence de savoir-être";
  if (nature == "macro_savoir_faire")
    return "macro-compétence de savoir-faire";
  if (nature == "competence")
    return "compétence";
  return nature == "metier" ? "métier" : std::string(nature);
}

ChangementRome judged(const ReferenceRome &reference, const LectureRome &lecture,
                      const std::vector<const EntreeRome *> &here) {
  ChangementRome made;
  made.reference = reference;
  const auto theirs = release_number(reference.version), ours = release_number(lecture.version);
  if (theirs && ours && *theirs > *ours) {
    made.etat = "incomparable";
    made.phrase = "Noté dans la version " + reference.version + ", plus récente que la " + lecture.version + ".";
    return made;
  }
  const EntreeRome *entry = nullptr;
  for (const EntreeRome *one : here)
    if (one->nature == reference.nature)
      entry = one;
  const std::string_view absent = missing_content(lecture, reference.nature);
  if (entry == nullptr && here.size() == 1 && (reference.nature.empty() || absent.empty()))
    entry = here.front();
  if (entry == nullptr && here.size() > 1) {
    made.etat = "incomparable";
    made.phrase =
        "Le code est celui de plusieurs natures dans la version " + lecture.version + "\u202F: dire laquelle.";
    return made;
  }
  if (entry == nullptr) {
    made.etat = absent.empty() ? "disparu" : "incomparable";
    made.phrase = absent.empty() ? "N’est plus dans la version " + lecture.version + "."
                                 : "Le fichier " + quoted(absent) + " de la version " + lecture.version +
                                       " n’est pas donné\u202F: le code y est peut-être.";
    return made;
  }
  made.nature = entry->nature;
  made.libelle = entry->libelle;
  if (!reference.nature.empty() && reference.nature != entry->nature) {
    made.changements.emplace_back("nature");
    const bool macro = entry->nature.starts_with("macro_");
    // A passport has no other nature for it (nature_rome): nobody can tell whether it ever changed.
    made.phrase = macro && reference.nature == "competence"
                      ? "Est une " + said_nature(entry->nature) + " dans la version " + lecture.version +
                            "\u202F: un passeport la note comme compétence, il n’y a rien à y corriger."
                      : "Noté comme " + said_nature(reference.nature) + ", est " + said_nature(entry->nature) + ".";
  }
  if (!reference.libelle.empty() && reference.libelle != entry->libelle) {
    const bool same = dossier::normalized_name(reference.libelle) == dossier::normalized_name(entry->libelle);
    made.changements.emplace_back(same ? "ecriture" : "libelle");
    made.phrase += (made.phrase.empty() ? "" : " ") +
                   (same ? "S’écrit désormais " + quoted(entry->libelle)
                         : "Se nommait " + quoted(reference.libelle) + ", se nomme " + quoted(entry->libelle)) +
                   ".";
  }
  made.etat = made.changements.empty() ? "inchange" : "change";
  return made;
}

[[noreturn]] void refuse(const std::string &where, std::string message) {
  throw Error(Diagnostic{Code::json_value, Level::error, std::move(message), where,
                         "Write [\"CODE\", {\"code\", \"nature\", \"libelle\", \"version\"}]."});
}

ReferenceRome read_reference(const feel::Value &value, const std::string &where) {
  ReferenceRome made;
  if (value.is(feel::Kind::text)) {
    made.code = value.text();
  } else if (value.is(feel::Kind::context)) {
    for (const auto &[key, given] : value.context()) {
      std::string *into = key == "code"      ? &made.code
                          : key == "nature"  ? &made.nature
                          : key == "libelle" ? &made.libelle
                          : key == "version" ? &made.version
                                             : nullptr;
      if (into == nullptr)
        refuse(where + "/" + key, unknown("key", key, {"code", "nature", "libelle", "version"}));
      if (given.is(feel::Kind::text))
        *into = given.text();
      else if (!given.is(feel::Kind::null))
        refuse(where + "/" + key, "a text is expected");
    }
  } else {
    refuse(where, "a code or an object is expected");
  }
  if (made.code.empty())
    refuse(where, "the code is missing");
  if (!made.nature.empty())
    rang_nature(made.nature);
  return made;
}

} // namespace

ComparaisonRome Rome::comparer(std::span<const ReferenceRome> references) const {
  ComparaisonRome made;
  made.version = version();
  for (const ReferenceRome &reference : references) {
    if (!reference.nature.empty())
      rang_nature(reference.nature);
    std::vector<const EntreeRome *> here;
    for (const auto &[code, place] : contenu_->of_code(reference.code))
      here.push_back(&contenu_->entrees[place]);
    const ChangementRome &judgement = made.references.emplace_back(judged(reference, lecture(), here));
    ++made.examines;
    ++(judgement.etat == "inchange"  ? made.inchanges
       : judgement.etat == "change"  ? made.changes
       : judgement.etat == "disparu" ? made.disparus
                                     : made.incomparables);
  }
  return made;
}

std::vector<ReferenceRome> read_references_rome(const feel::Value &list) {
  if (!list.is(feel::Kind::list))
    refuse("", "a list is expected");
  std::vector<ReferenceRome> made;
  for (std::size_t i = 0; i < list.list().size(); ++i)
    made.push_back(read_reference(list.list()[i], "/" + std::to_string(i)));
  return made;
}

} // namespace spie::passeport
