// What an answer, a barrier that is retained and a diagnostic that is posed must hold.
#include "insertion/parcours/regles_acte.hpp"

#include "insertion/text_of.hpp"
#include "spie/parcours/trame.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

constexpr std::array<std::string_view, 3> sans_valeur{"refuse", "ne_sait_pas", "non_aborde"};

std::vector<std::string> codes_of(const feel::Context &content) {
  std::vector<std::string> codes;
  if (const feel::Value *list = content.find("valeurs"); list != nullptr && list->is(feel::Kind::list))
    for (const feel::Value &one : list->list())
      if (one.is(feel::Kind::text))
        codes.push_back(one.text());
  return codes;
}

bool says(const Pack &pack, std::string_view role, feel::Date on) {
  const std::string decision = pack.role(role);
  if (decision.empty())
    return false;
  const PackResult asked = pack.evaluate(decision, feel::Value(feel::Context()), on,
                                         {.trace = false, .explanation = false, .parametres = {}});
  return asked.value.is(feel::Kind::boolean) && asked.value.boolean();
}

bool habilitated(const EnCours &act) {
  const auto who = dossier::Sujet::parse(act.demande.acteur.id);
  if (!who || who->genre != dossier::Genre::professionnel || act.journal.about(*who).empty())
    return false;
  const auto known = dossier::situation(act.journal, *who, act.acte.effet);
  const dossier::Fait *step = known.find("habilitation.diagnostic.etape");
  const dossier::Fait *end = known.find("habilitation.diagnostic.fin");
  if (end != nullptr && end->dire.valeur.is(feel::Kind::date) && end->dire.valeur.date() < act.acte.effet)
    return false;
  return step != nullptr && step->dire.valeur.is(feel::Kind::text) && step->dire.valeur.text() == "accordee";
}

} // namespace

void regle_reponse(EnCours &act) {
  if (act.pack.data("trame") == nullptr)
    return;
  const Trame trame = read_trame(act.pack);
  const std::string asked = act.text("question");
  const Question *question = trame.find(asked);
  if (question == nullptr) {
    std::vector<std::string> known;
    trame.each([&](const Question &one) { known.push_back(one.id); });
    refuser(Raison::question_inconnue, "/contenu/question", {asked, trame.nom}, nearest_or_all(asked, known));
  }
  if (!question->grille && !question->sources.empty() &&
      !question->sources.front().chemin.starts_with("reponse_diagnostic."))
    refuser(Raison::question_d_un_fait, "/contenu/question", {asked, question->sources.front().chemin});
  const std::string answer = text_of(act.contenu, "reponse");
  const auto codes = codes_of(act.contenu);
  if (std::find(sans_valeur.begin(), sans_valeur.end(), answer) != sans_valeur.end()) {
    if (!codes.empty() || !text_of(act.contenu, "texte").empty())
      refuser(Raison::reponse_sans_valeur, "/contenu/reponse");
    return;
  }
  const auto wrong_kind = [&](std::string_view wanted, std::string_view attendu) {
    refuser(Raison::autre_genre_de_reponse, "/contenu", {asked, std::string(wanted), std::string(attendu)});
  };
  switch (question->genre) {
  case GenreQuestion::oui_non:
    if ((answer != "oui" && answer != "non") || !codes.empty())
      wrong_kind("\"reponse\": oui, non, refuse, ne_sait_pas", "« reponse » : oui, non, refuse ou ne_sait_pas");
    break;
  case GenreQuestion::texte:
    if (text_of(act.contenu, "texte").empty() || !codes.empty())
      wrong_kind("\"texte\"", "« texte »");
    break;
  case GenreQuestion::code:
  case GenreQuestion::codes:
    if (codes.empty() || !answer.empty() || (question->genre == GenreQuestion::code && codes.size() > 1))
      wrong_kind(question->genre == GenreQuestion::code ? "\"valeurs\": one code" : "\"valeurs\": codes",
                 question->genre == GenreQuestion::code ? "« valeurs » : un seul code" : "« valeurs » : des codes");
    for (std::size_t i = 0; i < codes.size(); ++i)
      if (std::none_of(question->valeurs.begin(), question->valeurs.end(),
                       [&](const auto &one) { return one.first == codes[i]; })) {
        std::vector<std::string> known;
        for (const auto &[code, label] : question->valeurs)
          known.push_back(code);
        refuser(Raison::reponse_hors_liste, "/contenu/valeurs/" + std::to_string(i), {codes[i], asked},
                nearest_or_all(codes[i], known));
      }
  }
}

void regle_frein(EnCours &act) {
  const feel::Value *classes = act.pack.data("classes_freins");
  const feel::Value *list =
      classes != nullptr && classes->is(feel::Kind::context) ? classes->context().find("valeurs") : nullptr;
  if (list == nullptr || !list->is(feel::Kind::list))
    return;
  std::vector<std::string> known;
  for (const feel::Value &one : list->list())
    known.push_back(text_of(one, "code"));
  const std::string code = act.text("code");
  if (std::find(known.begin(), known.end(), code) == known.end())
    refuser(Raison::frein_hors_liste, "/contenu/code", {code}, nearest_or_all(code, known));
}

// With her agreement (S:847-849); by whom it may be (S:829-835, 890-893).
void regle_diagnostic(EnCours &act) {
  const std::string agreement = text_of(act.contenu, "accord"), how = text_of(act.contenu, "accord_recueilli");
  if (!agreement.empty() && how.empty())
    refuser(Raison::accord_sans_recueil, "/contenu/accord_recueilli");
  const auto condition = [](std::string message, std::string place, std::string remedy) {
    throw Error({Code::path_condition, Level::error, std::move(message), std::move(place), std::move(remedy)});
  };
  const bool update = act.transition.acte == "diagnostic.actualiser";
  if (agreement == "non" || (update && agreement != "oui"))
    condition("a diagnostic is " + std::string(update ? "updated" : "posed") + " with the person's agreement",
              "/contenu/accord", "Record it without her agreement nowhere: talk it over with her.");
  if (agreement.empty())
    act.avertissements.push_back({Code::path_warning, Level::warning, "her agreement is not recorded",
                                  "/contenu/accord", "Ask her, and say how it was received.",
                                  "l'accord de la personne n'est pas dit"});
  if (!habilitated(act)) {
    if (says(act.pack, "habilitation_requise", act.acte.effet))
      condition("who poses a diagnostic must have the habilitation 'diagnostic'", "/acteur",
                "Have it granted, or ask somebody who has it.");
    act.avertissements.push_back({Code::path_warning, Level::warning,
                                  "who poses this diagnostic has no habilitation that is known: it is recorded",
                                  "/acteur", "Have the habilitation 'diagnostic' recorded.",
                                  "aucune habilitation « diagnostic » n'est connue de qui le pose"});
  }
  if (act.contenu.find("trame") == nullptr && act.pack.data("trame") != nullptr) {
    const Trame trame = read_trame(act.pack);
    act.contenu.set("trame", trame.nom + "/" + trame.version);
  }
}

} // namespace spie::parcours
