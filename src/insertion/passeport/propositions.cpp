// What the facts of a dossier and the potential that its diagnostic hands over let a person say of herself.
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::passeport {

namespace {

using dossier::Fait;

std::string text_in(const std::vector<const Fait *> &facts, std::string_view field) {
  for (const Fait *one : facts)
    if (one->champ == field && one->dire.valeur.is(feel::Kind::text))
      return one->dire.valeur.text();
  return {};
}

class Recherche {
public:
  Recherche(const json::Reader &rules, const Pack &pack, std::vector<Proposition> &into)
      : rules_(rules), pack_(pack), into_(into) {}

  // By the rules of the pack on facts: those of one thing stand together.
  void facts(const std::vector<Fait> &all) {
    std::map<std::pair<std::string, std::string>, std::vector<const Fait *>> things;
    for (const Fait &fact : all)
      if (!fact.du_foyer)
        things[{fact.type, fact.cle}].push_back(&fact);
    for (const json::Reader &rule : rules_.items("propositions"))
      for (const auto &[thing, of] : things)
        if (thing.first == rule.text("type") && (!rule.has("cle") || rule.text("cle") == thing.second) &&
            !(rule.has("a_defaut_de") && proposes(rule.text("a_defaut_de"))))
          by(rule, thing.second, of);
  }

  // Of an answer, its own words, where she gave some: "yes" alone leaves her to say.
  void answers(const std::vector<parcours::Signe> &potential) {
    for (const json::Reader &rule : rules_.items("questions")) {
      std::vector<const parcours::Signe *> own;
      for (const parcours::Signe &sign : potential)
        if (sign.question.starts_with(rule.text("debut")))
          own.push_back(&sign);
      const bool words = std::ranges::any_of(own, [](const auto *one) { return one->question.ends_with("_texte"); });
      for (const parcours::Signe *sign : own) {
        const bool closed = sign->reponse == "oui";
        if (closed && words)
          continue;
        Proposition made = proposed(rule, "question", sign->question);
        made.libelle = closed ? std::string() : sign->reponse == "point fort" ? sign->texte : sign->reponse;
        if (!sign->evenement.empty())
          made.fonde_sur.push_back(sign->evenement);
        into_.push_back(std::move(made));
      }
    }
  }

private:
  // A rule that came before proposes something already.
  bool proposes(const std::string &code) const {
    return std::ranges::any_of(into_, [&](const Proposition &one) { return one.id.starts_with(code + "/"); });
  }

  Proposition proposed(const json::Reader &rule, const std::string &code, const std::string &key) const {
    Proposition made;
    made.id = code + "/" + key;
    made.genre = rule.text("genre");
    made.motif = rule.text("motif");
    made.source = rule.text("source");
    made.regle = pack_.id() + " " + pack_.version() + " donnees/passeport.json " + code;
    made.etat = "a_choisir";
    return made;
  }

  void by(const json::Reader &rule, const std::string &key, const std::vector<const Fait *> &facts) {
    const std::string field = rule.text("champ"), code = rule.text("code");
    const auto values = rule.texts("valeurs");
    const auto held = std::ranges::find(facts, field, &Fait::champ);
    if (held == facts.end())
      return;
    const feel::Value &value = (*held)->dire.valeur;
    if (rule.boolean("observations")) {
      if (value.is(feel::Kind::list))
        observed(rule, key, **held);
      return;
    }
    if (!value.is(feel::Kind::text) || (!values.empty() && std::ranges::find(values, value.text()) == values.end()))
      return;
    Proposition made = proposed(rule, code, key);
    if (rule.has("libelle"))
      made.libelle = text_in(facts, rule.text("libelle"));
    if (rule.has("metier")) {
      made.code_rome = text_in(facts, rule.text("metier"));
      made.nature_rome = made.code_rome.empty() ? "" : "metier";
    }
    std::set<std::string> events;
    for (const Fait *one : facts)
      events.insert(one->dire.evenement);
    made.fonde_sur.assign(events.begin(), events.end());
    into_.push_back(std::move(made));
  }

  // The words of the tutor: a trained professional picks the codes.
  void observed(const json::Reader &rule, const std::string &key, const Fait &fact) {
    for (const feel::Value &one : fact.dire.valeur.list()) {
      const std::string code = text_of(one, "code"), label = text_of(one, "libelle");
      Proposition made = proposed(rule, rule.text("code"), key + "/" + code);
      made.libelle = label.empty() ? code : label;
      made.immersion = key;
      made.fonde_sur = {fact.dire.evenement};
      into_.push_back(std::move(made));
    }
  }

  const json::Reader &rules_;
  const Pack &pack_;
  std::vector<Proposition> &into_;
};

} // namespace

Propositions propositions(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                          const parcours::LecteurDiagnostic *lecteur, const droits::Demande &demande,
                          const dossier::Sujet &personne, feel::Date au) {
  const json::Reader rules = regles(pack);
  droits::VueClaire view =
      guichet.voir_clair(demande, personne, au, {}, "propositions_passeport", {}, parcours::jour_du_diagnostic);
  Propositions made{view.situation.sujet.to_string(), au, view.role, {}, std::move(view.retenues)};
  Recherche search(rules, pack, made.propositions);
  search.facts(view.situation.faits);
  if (lecteur != nullptr) {
    const parcours::DossierLu read{std::move(view.situation), std::move(view.recente), std::move(view.repere), {}};
    search.answers(lecteur->diagnostic(read).potentiel);
  }
  const Paroles said(guichet, droits, demande, personne, au);
  std::set<std::string> kept, refused;
  for (const parcours::Chose &one : said.choses("element_passeport"))
    kept.insert(one.text("proposition"));
  for (const parcours::Chose &one : said.choses("refus_proposition"))
    refused.insert(one.text("proposition"));
  for (Proposition &one : made.propositions)
    one.etat = kept.contains(one.id) ? "gardee" : refused.contains(one.id) ? "refusee" : "a_choisir";
  return made;
}

feel::Value to_value(const Propositions &propositions) {
  feel::Context value = record::to_context(propositions);
  value.set("retenues", droits::to_value(propositions.retenues));
  return value;
}

} // namespace spie::passeport
