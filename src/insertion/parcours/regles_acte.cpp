#include "insertion/parcours/regles_acte.hpp"

#include "insertion/parcours/conditions_relais.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

// A first naming and a relay are the two ways in (decisions of the project, docs/parcours.md).
void first_naming(EnCours &act) {
  if (act.avant != nullptr && act.avant->etape == "nomme")
    refuser("'" + act.avant->text("professionnel") + "' is in force", "/acte", "Ask for a relay.");
  const std::string role = act.text("role");
  for (const Chose &other : choses(act.dits, "referent"))
    if (other.etape == "nomme" && other.cle != role &&
        (other.cle == "referent_unique" || other.cle == "coordinateur") &&
        (role == "referent_unique" || role == "coordinateur"))
      if (!reglages_relais(act.pack).referent_et_coordinateur)
        refuser("a '" + other.cle + "' is in force: the pack has one or the other", "/contenu/role", "End it first.");
  if (act.text("professionnel").empty())
    refuser("the naming does not say who", "/contenu/professionnel", "Name a professional.");
}

void plan_immersion(EnCours &act) {
  const auto from = day_of(act.contenu, "date_debut"), to = day_of(act.contenu, "date_fin");
  if (from && to && *to < *from)
    refuser("the immersion ends before it begins", "/contenu/date_fin", "Give its last day.");
}

void begin_immersion(EnCours &act) {
  const auto from = day_of(act.avant->champs, "date_debut");
  if (from && act.acte.effet < *from)
    refuser("the immersion begins on " + from->to_string(), "/effet", "Give a day that is not before it.");
}

void review_immersion(EnCours &act) {
  const auto all = choses(act.dits, "immersion");
  const Chose *of = find(all, act.text("immersion"));
  if (of == nullptr)
    refuser("there is no immersion '" + act.text("immersion") + "'", "/contenu/immersion", "Plan it first.");
  if (of->etape == "prevue" || of->etape == "annulee")
    refuser("the immersion '" + of->cle + "' is at the step '" + of->etape + "': it has no outcome",
            "/contenu/immersion", "Say first that it was signed.");
  const auto first = day_of(of->champs, "date_debut"), last = day_of(act.contenu, "dernier_jour");
  if (first && (act.acte.effet < *first || (last && *last < *first)))
    refuser("the immersion begins on " + first->to_string() + ": its outcome is not known before", "/effet",
            "Give a day that is not before it.");
}

void solicit(EnCours &act) {
  act.contenu.set("de", act.demande.acteur.id);
  if (act.text("a").empty() || act.text("a") == act.demande.acteur.id)
    refuser("a solicitation is to somebody else", "/contenu/a", "Name a professional.");
}

void answer_solicitation(EnCours &act) {
  if (act.avant->text("a") != act.demande.acteur.id)
    refuser("somebody else was asked", "/sujet", "Who was asked answers.");
}

struct Ligne {
  std::string_view acte;
  void (*regle)(EnCours &);
};
constexpr std::array regles{
    Ligne{"referent.nommer", &first_naming},       Ligne{"relais.demander", &regle_relais},
    Ligne{"relais.completer", &regle_relais},      Ligne{"relais.accepter", &regle_relais},
    Ligne{"relais.refuser", &regle_relais},        Ligne{"relais.effectuer", &regle_relais},
    Ligne{"reponse.donner", &regle_reponse},       Ligne{"frein.retenir", &regle_frein},
    Ligne{"diagnostic.poser", &regle_diagnostic},  Ligne{"diagnostic.actualiser", &regle_diagnostic},
    Ligne{"immersion.prevoir", &plan_immersion},   Ligne{"immersion.commencer", &begin_immersion},
    Ligne{"immersion.bilan", &review_immersion},   Ligne{"saisine.deposer", &regle_saisine},
    Ligne{"saisine.inscrire", &regle_saisine},     Ligne{"instance.decider", &regle_decision},
    Ligne{"session.fixer", &regle_session},        Ligne{"session.convoquer", &regle_session},
    Ligne{"session.tenir", &regle_session},        Ligne{"presence.noter", &regle_presence},
    Ligne{"sollicitation.demander", &solicit},     Ligne{"sollicitation.repondre", &answer_solicitation},
    Ligne{"passeport.ajouter", &regle_passeport},  Ligne{"passeport.confirmer", &regle_passeport},
    Ligne{"passeport.garantir", &regle_passeport}, Ligne{"passeport.contester", &regle_passeport},
    Ligne{"passeport.defaire", &regle_passeport},  Ligne{"passeport.partager", &regle_passeport},
    Ligne{"passeport.remettre", &regle_passeport},
};

} // namespace

void appliquer_regle(EnCours &en_cours) {
  const auto found = std::find_if(regles.begin(), regles.end(),
                                  [&](const Ligne &one) { return one.acte == en_cours.transition.acte; });
  if (found != regles.end())
    found->regle(en_cours);
}

} // namespace spie::parcours
