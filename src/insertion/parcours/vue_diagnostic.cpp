#include "spie/parcours/vue.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

using dossier::Fait;
using feel::Kind;

DossierLu seen(droits::VueClaire &view) {
  return {std::move(view.situation), std::move(view.recente), std::move(view.repere), {}};
}

// Whether the professional who posed the last diagnostic was trained to, on that day, as far as the journal knows him.
std::string habilitation(dossier::Journal &journal, const dossier::Situation &situation,
                         const dossier::Connaissance &connu) {
  const auto day = jour_du_diagnostic(situation);
  if (!day)
    return {};
  for (const Fait &fact : situation.faits) {
    if (fact.type != "diagnostic" || fact.champ != "etape" || fact.dire.effet.debut != *day)
      continue;
    const auto author = dossier::Sujet::parse(fact.dire.auteur);
    if (!author || author->genre != dossier::Genre::professionnel || journal.about(*author).empty())
      return {};
    const auto known = dossier::situation(journal, *author, *day, connu);
    const Fait *step = known.find("habilitation.diagnostic.etape"), *end = known.find("habilitation.diagnostic.fin");
    const bool over = end != nullptr && end->dire.valeur.is(Kind::date) && end->dire.valeur.date() < *day;
    const bool given = step != nullptr && step->dire.valeur.is(Kind::text) && step->dire.valeur.text() == "accordee";
    return given && !over ? "habilite" : "sans_habilitation";
  }
  return {};
}

} // namespace

VueDe<Questions> questions(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &personne,
                           feel::Date au, const dossier::Connaissance &connu, const LecteurDiagnostic &lecteur) {
  auto view = guichet.voir_clair(demande, personne, au, connu, "questions", lecteur.chemins(), jour_du_diagnostic);
  const DossierLu read = seen(view);
  return {std::move(view.role), lecteur.questions(read, view.clairs), std::move(view.retenues)};
}

VueDe<DiagnosticPartage> diagnostic(dossier::Journal &journal, droits::Guichet &guichet, const droits::Demande &demande,
                                    const dossier::Sujet &personne, feel::Date au, const dossier::Connaissance &connu,
                                    const LecteurDiagnostic &lecteur, std::optional<std::int64_t> mediane) {
  auto view = guichet.voir_clair(demande, personne, au, connu, "diagnostic", {}, jour_du_diagnostic);
  DossierLu read = seen(view);
  read.mediane = mediane;
  read.habilitation = habilitation(journal, read.situation, connu);
  return {std::move(view.role), lecteur.diagnostic(read), std::move(view.retenues)};
}

VueDe<FeuilleDeRoute> feuille_de_route(droits::Guichet &guichet, const droits::Demande &demande,
                                       const dossier::Sujet &personne, feel::Date au,
                                       const dossier::Connaissance &connu, const LecteurDiagnostic &lecteur) {
  auto view = guichet.voir_clair(demande, personne, au, connu, "feuille_de_route", {}, jour_du_diagnostic);
  const DossierLu read = seen(view);
  return {std::move(view.role), lecteur.feuille_de_route(read), std::move(view.retenues)};
}

} // namespace spie::parcours
