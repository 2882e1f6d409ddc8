// What the outcome of an immersion lets be issued: the pack says when, a trained professional which codes.
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/text_of.hpp"
#include "spie/passeport/profil.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

// "02/05/2022": the day, as who reads a badge writes it.
std::string french(feel::Date day) {
  const std::string iso = day.to_string();
  return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

// Whether this author held that habilitation on that day.
bool trained(dossier::Journal &journal, const std::string &author, std::string_view object, feel::Date day) {
  const auto who = dossier::Sujet::parse(author);
  if (!who || who->genre != dossier::Genre::professionnel || journal.about(*who).empty())
    return false;
  const dossier::Situation known = dossier::situation(journal, *who, day);
  const std::string at = "habilitation." + std::string(object);
  const dossier::Fait *step = known.find(at + ".etape"), *end = known.find(at + ".fin");
  const bool over = end != nullptr && end->dire.valeur.is(feel::Kind::date) && end->dire.valeur.date() < day;
  return !over && step != nullptr && step->dire.valeur.is(feel::Kind::text) && step->dire.valeur.text() == "accordee";
}

// The last step that picked a code and a level, when who picked them was trained.
std::optional<Acquis> picked(dossier::Journal &journal, const parcours::Chose &thing, const json::Reader &rules) {
  const auto levels = rules.texts("niveaux");
  std::optional<Acquis> found;
  for (const dossier::Enonce *one : thing.enonces) {
    const std::string code = text_of(one->contenu(), "code_rome"), level = text_of(one->contenu(), "niveau");
    if (!code.empty() && std::ranges::find(levels, level) != levels.end() &&
        trained(journal, one->origine->auteur, rules.text("habilitation"), one->effet.debut))
      found = Acquis{thing.cle, thing.text("libelle"), code, text_of(one->contenu(), "version_rome"), level};
  }
  return found;
}

void outcome(BadgePossible &made, const parcours::Chose &review, const json::Reader &rules) {
  made.decision = "inconnu";
  for (const json::Reader &one : rules.items("issues")) {
    if (one.text("issue") != made.issue)
      continue;
    made.regle += " immersion." + made.issue;
    if (!one.boolean("delivrable")) {
      made.decision = "refuse";
      made.motifs.emplace_back("La personne ne s'est pas présentée : rien n'a été montré.");
      return;
    }
    if (const auto most = one.whole("heures_manquees_max")) {
      const feel::Value *missed = review.champs.find("heures_manquees");
      if (missed == nullptr || !missed->is(feel::Kind::number)) {
        made.motifs.emplace_back("Le bilan ne dit pas combien d'heures ont manqué.");
        return;
      }
      if (missed->number() > feel::Number(*most)) {
        made.decision = "refuse";
        made.motifs.push_back("Plus de " + std::to_string(*most) + " heures ont manqué.");
        return;
      }
    }
    made.decision = "delivrable";
    return;
  }
  made.motifs.emplace_back("L'issue de l'immersion n'est pas connue.");
}

// The sentences of the pack: how far it was done, its days where both are known, who saw and who picked.
std::string criteria_of(const BadgePossible &badge, const json::Reader &words) {
  std::string said = words.text(badge.issue == "complete" ? "complete" : "partielle");
  if (badge.debut && badge.fin) {
    std::string days = words.text("jours");
    for (const auto &[place, day] : {std::pair("{debut}", *badge.debut), std::pair("{fin}", *badge.fin)})
      if (const std::size_t at = days.find(place); at != std::string::npos)
        days.replace(at, std::string_view(place).size(), french(day));
    said += days;
  }
  return said + words.text("reconnu");
}

} // namespace

BadgePossible badge_immersion(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                              const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                              const std::string &immersion) {
  const json::Reader rules = regles(pack).at("immersion");
  droits::VueClaire view = guichet.voir_clair(demande, personne, au, {}, "badge_passeport");
  const Paroles said(guichet, droits, demande, personne, au);
  const auto immersions = said.choses("immersion");
  const parcours::Chose *held = parcours::find(immersions, immersion);
  if (held == nullptr)
    parcours::refuser(parcours::Raison::immersion_non_vue, "/immersion", {immersion});
  BadgePossible made;
  made.personne = view.situation.sujet.to_string();
  made.immersion = immersion;
  made.role = view.role;
  made.au = au;
  made.retenues = std::move(view.retenues);
  made.regle = pack.id() + " " + pack.version() + " donnees/passeport.json";
  made.source = held->text("structure");
  made.debut = day_of(held->champs, "date_debut");
  made.fin = day_of(held->champs, "date_fin");
  const auto reviews = said.choses("bilan_immersion");
  const parcours::Chose *review = parcours::find(reviews, immersion);
  if (review == nullptr) {
    made.decision = "inconnu";
    made.motifs.emplace_back("Le bilan de l'immersion n'est pas fait.");
    return made;
  }
  made.issue = review->text("issue");
  if (const auto last = day_of(review->champs, "dernier_jour"))
    made.fin = last;
  outcome(made, *review, rules);
  if (made.decision == "refuse")
    return made;
  const Lus read = elements(said);
  for (const parcours::Chose &thing : said.choses("element_passeport")) {
    const auto item = std::ranges::find(read.tenus, thing.cle, &Element::id);
    if (item == read.tenus.end() || item->immersion != immersion || item->conteste)
      continue;
    if (auto one = picked(guichet.journal(), thing, rules))
      made.acquis.push_back(std::move(*one));
  }
  if (made.acquis.empty()) {
    made.decision = "inconnu";
    made.motifs.emplace_back("Aucun professionnel habilité n'a encore choisi les codes et le niveau.");
  }
  if (made.source.empty()) {
    made.decision = "inconnu";
    made.motifs.emplace_back("La structure d'accueil n'est pas connue.");
  }
  made.criteres = criteria_of(made, regles(pack).at("badges").at("immersion").at("criteres"));
  return made;
}

feel::Value to_value(const BadgePossible &badge) {
  feel::Context value = record::to_context(badge);
  value.set("retenues", droits::to_value(badge.retenues));
  return value;
}

} // namespace spie::passeport
