// The diagnostic of one person as the API of France Travail gives it, written from a dossier: each code stands in the
// lists of that version, by which the reader finds the same facts again.
#include "exchange/ecriture.hpp"

#include <algorithm>

namespace spie::exchange {

namespace {

using feel::Context;
using feel::List;
using feel::Value;

constexpr std::string_view digital = "22"; // v4 has it apart, with its own need

Value named(const std::string &text) { return text.empty() ? Value() : Value(text); }
Value instant(feel::Date day) { return day.to_string() + "T00:00:00.000+00:00"; }

class Ecrivain {
public:
  Ecrivain(const dossier::Situation &situation, const std::string &version, const Nomenclature &lists)
      : version_(version), v4_(version == "v4"), lists_(lists), barriers_(choses_dites(situation, "frein")),
        answers_(choses_dites(situation, "reponse_diagnostic")), goals_(choses_dites(situation, "objectif")),
        jobs_(choses_dites(situation, "recherche_emploi")) {
    written_.assign(answers_.size(), 0);
  }

  Ecriture write() {
    made_ = {"france_travail." + version_, lists_.reference(), {}, {}};
    List constraints, digital_one;
    for (const std::string &code : lists_.codes("contrainte"))
      if (auto one = constraint(code))
        (v4_ && code == digital ? digital_one : constraints).push_back(std::move(*one));
    List jobs = this->jobs();
    Context document;
    if (!jobs.empty())
      document.set(v4_ ? "besoinsParDiagnostic" : "besoinsParDiagnosticIndividuDtos", std::move(jobs));
    write_theme(document, std::move(constraints));
    if (v4_)
      write_v4(document, std::move(digital_one));
    tell_losses();
    made_.document = std::move(document);
    return std::move(made_);
  }

private:
  void lost(std::string path, std::string why) { made_.pertes.push_back({std::move(path), std::move(why)}); }

  // The code of the list that means this answer; empty for none.
  std::string code_of(std::string_view list, std::string_view answer) const {
    for (const std::string &code : lists_.codes(list))
      if (lists_.text(list, code, "reponse") == answer)
        return code;
    return {};
  }

  // An answer of this version, by its question; then one of the other version under the same code.
  const ChoseDite *answer(const std::string &question) {
    for (const char *version : {version_.c_str(), v4_ ? "v1" : "v4"})
      for (std::size_t i = 0; i < answers_.size(); ++i)
        if (answers_[i].cle == std::string(version) + "/" + question) {
          written_[i] = 1;
          return &answers_[i];
        }
    return nullptr;
  }

  // As the list has it; what it has no word for was kept as it came.
  std::string value_of(const ChoseDite &said, std::string_view list) {
    const std::string word = said.text("reponse");
    if (word.empty()) {
      const auto raw = said.texts("valeurs");
      return raw.empty() ? std::string() : raw.front();
    }
    std::string code = code_of(list, word);
    if (code.empty())
      lost(said.chemin(), "ce format ne sait pas dire « " + word + " »");
    return code;
  }

  Context item(const std::string &code, const std::string &label, std::string value, feel::Date since) const {
    Context made{{"code", code}, {"libelle", named(label)}, {"valeur", std::move(value)}};
    if (v4_)
      made.set("dateExploration", instant(since));
    return made;
  }
  // v1 has one date for a constraint and all that stands under it.
  void check_date(const ChoseDite &said, feel::Date of_all) {
    if (!v4_ && said.depuis() != of_all)
      lost(said.chemin(), "sa date : ce format n'en a qu'une pour toute la contrainte");
  }

  std::optional<Context> constraint(const std::string &code) {
    const std::string barrier = lists_.text("contrainte", code, "frein");
    const auto found =
        std::find_if(barriers_.begin(), barriers_.end(), [&](const ChoseDite &one) { return one.cle == barrier; });
    const ChoseDite *said = found == barriers_.end() ? nullptr : &*found;
    const ChoseDite *raw = answer(code + "/contrainte");
    feel::Date since = said != nullptr ? said->depuis() : raw != nullptr ? raw->depuis() : feel::Date{};
    List situations, goals;
    for (const std::string &listed : lists_.codes("situation")) {
      if (!listed.starts_with(code + "/"))
        continue;
      const std::string own = listed.substr(code.size() + 1);
      const ChoseDite *one = answer(code + "/situation/" + own);
      if (one == nullptr)
        continue;
      if (since.days == 0)
        since = one->depuis();
      check_date(*one, since);
      if (std::string value = value_of(*one, "valeur_situation"); !value.empty())
        situations.push_back(item(own, lists_.text("situation", listed, "libelle"), std::move(value), one->depuis()));
    }
    for (const std::string &listed : lists_.codes("objectif"))
      if (listed.starts_with(code + "/"))
        if (const ChoseDite *one = goal(listed)) {
          if (since.days == 0)
            since = one->depuis();
          check_date(*one, since);
          std::string label = one->text("libelle");
          if (label.empty())
            label = lists_.text("objectif", listed, "libelle");
          goals.push_back(item(listed.substr(code.size() + 1), label, one->text("etat"), one->depuis()));
        }
    if (said == nullptr && raw == nullptr && situations.empty() && goals.empty())
      return std::nullopt;
    std::string value = raw != nullptr && !raw->texts("valeurs").empty() ? raw->texts("valeurs").front()
                        : said != nullptr                                ? value_of(*said, "valeur_contrainte")
                                                                         : std::string();
    if (value.empty()) // nobody said, or in a word that this format has not
      value = code_of("valeur_contrainte", "non_aborde");
    Context made = item(code, lists_.text("contrainte", code, "libelle"), std::move(value), since);
    if (!v4_)
      made.set("date", instant(since));
    if (said != nullptr)
      write_weight(*said, made);
    made.set("situations", std::move(situations));
    made.set("objectifs", std::move(goals));
    return made;
  }

  // v4 alone says how much a constraint weighs.
  void write_weight(const ChoseDite &said, Context &into) {
    const auto priority = said.champs.find("prioritaire");
    if (v4_) {
      into.set("estPrioritaire", priority == said.champs.end() ? Value() : Value(priority->second->dire.valeur));
      into.set("impact", named(said.text("impact")));
      return;
    }
    for (const char *field : {"prioritaire", "impact"})
      if (said.champs.contains(field))
        lost(said.chemin() + "." + field, "ce format ne le dit pas");
  }

  // Fourteen codes of v4 mean something else in v1: the list says which is which.
  const ChoseDite *goal(const std::string &listed) {
    const auto named_so = [&](const std::string &id) -> const ChoseDite * {
      const auto found =
          std::find_if(goals_.begin(), goals_.end(), [&](const ChoseDite &one) { return one.cle == id; });
      return found == goals_.end() ? nullptr : &*found;
    };
    const ChoseDite *found = named_so(version_ + "/" + listed);
    if (found == nullptr && v4_)
      if (const std::string before = lists_.text("objectif", listed, "en_v1"); !before.empty())
        found = named_so("v1/" + before);
    if (found != nullptr)
      goals_written_.push_back(found);
    return found;
  }

  // --- the jobs that are sought, and what is needed for them ---

  List jobs() {
    List list;
    if (jobs_.empty())
      return list;
    const auto codes = jobs_.front().texts("metiers"), labels = jobs_.front().texts("libelles");
    const std::size_t count = std::max(codes.size(), labels.size());
    if (codes.size() != labels.size() && !codes.empty() && !labels.empty()) {
      lost(jobs_.front().chemin(), "les métiers et leurs libellés ne se suivent pas un à un");
      return list;
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::string id;
      List needs = count == 1 ? this->needs(id) : List();
      Context job{{"idMetierChiffre", named(id)}, {"nomMetier", labels.empty() ? Value() : named(labels[i])}};
      if (v4_)
        job.set("codeRome", codes.empty() ? Value() : named(codes[i]));
      else if (!codes.empty() && !codes[i].empty())
        lost(jobs_.front().chemin() + ".metiers", "ce format ne dit pas le code ROME");
      if (v4_) {
        List groups;
        if (!needs.empty())
          groups.push_back(Context{{"besoins", std::move(needs)}});
        list.push_back(Context{{"diagnostic", std::move(job)}, {"thematiquesBesoins", std::move(groups)}});
      } else {
        job.set("dateMiseAJour", instant(needs_since_.value_or(jobs_.front().depuis())));
        job.set("besoins", std::move(needs));
        list.push_back(std::move(job));
      }
    }
    return list;
  }

  // Of the only job: with several, no fact says of which one a need is.
  List needs(std::string &id) {
    List list;
    for (const char *version : {version_.c_str(), v4_ ? "v1" : "v4"}) {
      const std::string prefix = std::string(version) + "/besoin/";
      for (std::size_t i = 0; i < answers_.size(); ++i) {
        const ChoseDite &one = answers_[i];
        if (!one.cle.starts_with(prefix) || one.cle.starts_with(prefix + std::string(digital) + "/"))
          continue;
        const auto slash = one.cle.rfind('/');
        const std::string of = one.cle.substr(prefix.size(), slash - prefix.size()), code = one.cle.substr(slash + 1);
        if (!id.empty() && of != id)
          continue;
        const std::string value = value_of(one, "valeur_besoin");
        if (value.empty())
          continue;
        id = of;
        written_[i] = 1;
        if (!v4_ && needs_since_ && *needs_since_ != one.depuis())
          lost(one.chemin(), "sa date : ce format n'en a qu'une pour tout le métier");
        needs_since_ = needs_since_.value_or(one.depuis());
        list.push_back(item(code, lists_.text("besoin", code, "libelle"), value, one.depuis()));
      }
    }
    return list;
  }

  // --- the parts of the document ---

  void write_theme(Context &document, List constraints) {
    Context theme;
    if (v4_)
      if (const ChoseDite *none = answer("declare_sans_contrainte"))
        theme.set("declareSansContrainte",
                  Context{{"flag", none->text("reponse") == "oui"}, {"date", instant(none->depuis())}});
    if (!constraints.empty() || !theme.empty()) {
      theme.set("contraintes", std::move(constraints));
      document.set(v4_ ? "thematiqueContrainte" : "contraintesIndividusDto", std::move(theme));
    } else if (document.empty()) {
      document.set(v4_ ? "thematiqueContrainte" : "contraintesIndividusDto", Context{{"contraintes", List()}});
    }
  }

  void write_v4(Context &document, List constraints) {
    Context autonomy;
    if (!constraints.empty())
      autonomy.set("contrainte", constraints.front());
    for (const std::string &code : lists_.codes("besoin"))
      if (code.starts_with(std::string(digital) + "/"))
        if (const ChoseDite *one = answer("besoin/" + code))
          if (const std::string value = value_of(*one, "valeur_besoin"); !value.empty() && !autonomy.find("besoin"))
            autonomy.set("besoin", item(code.substr(digital.size() + 1), lists_.text("besoin", code, "libelle"), value,
                                        one->depuis()));
    if (!autonomy.empty())
      document.set("autonomieNumerique", std::move(autonomy));
    Context power;
    for (const auto &[field, key] :
         {std::pair{"confiance", "confiance"}, {"accompagnement", "accompagnement"}, {"analyse", "resultatAnalyse"}})
      if (const ChoseDite *one = answer("pouvoir_agir/" + std::string(field))) {
        const std::string value =
            one->text("texte").empty() ? value_of(*one, "valeur_pouvoir_agir") : one->text("texte");
        power.set(key, named(value));
        power.set("dateExploration", instant(one->depuis()));
      }
    if (!power.empty())
      document.set("pouvoirAgir", std::move(power));
  }

  void tell_losses() {
    const auto codes = lists_.codes("contrainte");
    for (const ChoseDite &one : barriers_)
      if (std::none_of(codes.begin(), codes.end(),
                       [&](const std::string &code) { return lists_.text("contrainte", code, "frein") == one.cle; }))
        lost(one.chemin(), "ce format n'a pas de contrainte pour ce frein");
      else if (one.champs.contains("texte"))
        lost(one.chemin() + ".texte", "ce format n'a pas de texte libre");
    for (const ChoseDite &one : goals_)
      if (std::find(goals_written_.begin(), goals_written_.end(), &one) == goals_written_.end())
        lost(one.chemin(), "cet objectif n'a pas de code dans ce format");
    for (std::size_t i = 0; i < answers_.size(); ++i)
      if (written_[i] == 0)
        lost(answers_[i].chemin(), answers_[i].cle.starts_with(version_ + "/besoin/")
                                       ? "rien ne dit duquel des métiers cherchés est ce besoin"
                                       : "cette réponse n'a pas de code dans ce format");
  }

  const std::string &version_;
  const bool v4_;
  const Nomenclature &lists_;
  std::vector<ChoseDite> barriers_, answers_, goals_, jobs_;
  std::vector<char> written_; // of the answers
  std::vector<const ChoseDite *> goals_written_;
  std::optional<feel::Date> needs_since_;
  Ecriture made_;
};

} // namespace

Ecriture ecrire_france_travail(const dossier::Situation &situation, const std::string &version,
                               const Nomenclature &lists) {
  return Ecrivain(situation, version, lists).write();
}

} // namespace spie::exchange
