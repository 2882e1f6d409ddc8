#include "insertion/droits/masque.hpp"

#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::droits {

namespace {

constexpr std::array<std::string_view, 14> motifs{
    "aucun",           "relation_absente", "finalite",         "matrice",   "consentement",
    "sensible",        "texte_libre",      "hors_table",       "decision",  "decision_finalite",
    "decision_objets", "derive",           "origine_inconnue", "pseudonyme"};

bool has(const std::vector<std::string> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Named> std::vector<std::string> names(const std::vector<Named> &list) {
  std::vector<std::string> result;
  for (const Named &one : list)
    result.push_back(one.nom);
  return result;
}

Jugement least(Jugement a, Jugement b) { return b.traitement < a.traitement ? b : a; }

} // namespace

std::string_view text(Motif motif) noexcept { return motifs[static_cast<std::size_t>(motif)]; }

std::string phrase(Motif motif, Traitement traitement) {
  const std::string shown = traitement == Traitement::grossi ? "montré par grandes classes" : "non montré";
  switch (motif) {
  case Motif::aucun:
    return "montré";
  case Motif::relation_absente:
    return shown + " : aucun lien avec cette personne à l'instant de la demande";
  case Motif::finalite:
    return shown + " : ce rôle ne voit rien pour cette finalité";
  case Motif::matrice:
    return shown + " : la matrice des droits ne le prévoit pas pour ce rôle et cette finalité";
  case Motif::consentement:
    return shown + " : il y faut le consentement de la personne";
  case Motif::sensible:
    return shown + " : fait sensible";
  case Motif::texte_libre:
    return shown + " : texte libre, tenu pour sensible tant qu'il n'est pas déclassé";
  case Motif::hors_table:
    return shown + " : aucune famille de la table ne contient ce fait";
  case Motif::decision:
    return shown + " : une décision sur les données de la personne l'interdit";
  case Motif::decision_finalite:
    return shown + " : une décision sur les données de la personne l'interdit pour cette finalité";
  case Motif::decision_objets:
    return shown + " : une décision sur les données de la personne l'interdit, pour tout ou partie de ces faits";
  case Motif::derive:
    return shown + " : établi à partir de faits qui ne sont pas montrés";
  case Motif::origine_inconnue:
    return shown + " : l'origine de ce fait dans le dossier n'est pas connue";
  case Motif::pseudonyme:
    return shown + " : sous un pseudonyme, aucune histoire n'est montrée";
  }
  return shown;
}

void check(const Demande &demande, const Droits &droits) {
  const auto refuse = [](std::string message, std::string words = {}, std::string meant = {}) {
    throw Error({Code::rights_actor, Level::error, std::move(message), {}, {}, std::move(words), std::move(meant)});
  };
  if (!dossier::Sujet::parse(demande.acteur.id))
    refuse("the actor is not named: '" + demande.acteur.id + "' is no subject", demande.acteur.id,
           "professionnel:…, personne:…");
  if (!demande.acteur.structure.empty() && !dossier::Sujet::parse(demande.acteur.structure))
    refuse("'" + demande.acteur.structure + "' is no structure", demande.acteur.structure, "structure:…");
  if (droits.finalite(demande.finalite) == nullptr)
    refuse("'" + demande.finalite + "' is no purpose of the table of rights", demande.finalite,
           nearest_or_all(demande.finalite, names(droits.finalites)));
  if (demande.acteur.roles.empty())
    refuse("the actor has no role", {}, nearest_or_all({}, names(droits.roles)));
  for (const std::string &role : demande.acteur.roles)
    if (droits.role(role) == nullptr)
      refuse("'" + role + "' is no role of the table of rights", role, nearest_or_all(role, names(droits.roles)));
  if (demande.role && !has(demande.acteur.roles, *demande.role))
    refuse("'" + *demande.role + "' is not a role of this actor", *demande.role,
           nearest_or_all(*demande.role, demande.acteur.roles));
}

void check(const Demande &demande, const Droits &droits, const dossier::Connaissance &connu) {
  check(demande, droits);
  if (connu.seq)
    throw Error({Code::rights_actor,
                 Level::error,
                 "an actor asks for what was known on a day or at an instant, not up to a number of the journal",
                 {},
                 "Write a date, or an instant with its zone."});
}

Masque::Masque(dossier::Journal &journal, const dossier::Sujet &person, const Demande &demande, const Droits &droits,
               const dossier::Regles &regles)
    : journal_(journal), asked_(person), demande_(demande), droits_(droits), regles_(regles),
      relations_(journal, person, demande, regles) {
  choose_role();
  read_holdings();
}

void Masque::read_holdings() {
  const dossier::Recueil &gathered = relations_.recueil();
  groupe_ = gathered.absorbed();
  groupe_.push_back(gathered.holder());
  for (const dossier::Evenement *event : gathered.events()) {
    evenements_.insert(event->id);
    if (event->type == "appartenance")
      if (const auto household = dossier::Sujet::parse(text_of(event->contenu, "foyer")))
        foyers_.insert(*household);
  }
  for (const dossier::Sujet &household : foyers_)
    for (const dossier::Evenement &event : journal_.about(household))
      if (event.sujets.front() == household)
        evenements_.insert(event.id);
}

void Masque::choose_role() {
  refus_ = Motif::finalite;
  for (const Role &role : droits_.roles) {
    if (!has(demande_.acteur.roles, role.nom) || (demande_.role && *demande_.role != role.nom))
      continue;
    const Ligne *line = droits_.ligne(role.nom, demande_.finalite);
    if (line == nullptr)
      continue;
    refus_ = Motif::relation_absente;
    if (!relations_.holds(role))
      continue;
    role_ = &role;
    ligne_ = line;
    grossit_ = std::ranges::any_of(line->cellules, [](const auto &one) {
      return one.second.sans == Traitement::grossi || one.second.avec == Traitement::grossi;
    });
    decisions_ = Decisions(relations_.decisions(), droits_, role.nom, demande_.finalite);
    refus_ = decisions_.whole();
    return;
  }
}

Jugement Masque::cell(const std::string &famille, const dossier::Chemin *chemin, bool du_type) const {
  const Cellule &found = ligne_->cellules.find(famille)->second;
  const Motif motif = famille == "sensible"      ? Motif::sensible
                      : famille == "texte_libre" ? Motif::texte_libre
                                                 : Motif::matrice;
  if (found.avec > found.sans) {
    std::vector<std::string> objets = chemin == nullptr ? std::vector<std::string>() : chemin->noms();
    if (du_type)
      objets.emplace_back(chemin->type->nom);
    objets.push_back(famille);
    if (!relations_.consents(role_->nom, objets))
      return {found.sans, Motif::consentement};
  }
  return {found.avec, found.avec == Traitement::clair ? Motif::aucun : motif};
}

Jugement Masque::judge(const dossier::Chemin &chemin, std::string_view evenement, const feel::Value *valeur) const {
  if (refus_ != Motif::aucun)
    return {Traitement::retenu, refus_};
  const std::string_view type = chemin.type->nom;
  const Famille *family = droits_.famille_of(type, chemin.cle, chemin.champ);
  if (family == nullptr)
    return {Traitement::retenu, Motif::hors_table};
  if (!relations_.tied_to(*role_, type, chemin.cle))
    return {Traitement::retenu, Motif::relation_absente};
  const bool free_text =
      valeur == nullptr ? droits_.texte_libre(type, chemin.champ) : droits_.texte_libre(type, chemin.champ, *valeur);
  const bool free_key = !chemin.cle.empty() && droits_.cle_libre(type, chemin.cle);
  return judge(chemin, *family, free_text || free_key,
               free_key || (free_text && !relations_.declasse(evenement, chemin.champ)));
}

bool Masque::clear_but_for_text(const dossier::Chemin &chemin) const {
  const Famille *family = droits_.famille_of(chemin.type->nom, chemin.cle, chemin.champ);
  return refus_ == Motif::aucun && family != nullptr && relations_.tied_to(*role_, chemin.type->nom, chemin.cle) &&
         judge(chemin, *family, false, false).traitement == Traitement::clair;
}

Jugement Masque::judge(const dossier::Chemin &chemin, const Famille &family, bool free, bool unread) const {
  const std::string_view type = chemin.type->nom;
  const bool sensitive = droits_.sensible(type, chemin.champ);
  if (!decisions_.none()) {
    std::vector<std::string> names = chemin.noms();
    names.emplace_back(type);
    names.push_back(family.nom);
    if (sensitive)
      names.push_back("sensible");
    if (free)
      names.push_back("texte_libre");
    if (const Motif decided = decisions_.judge(names); decided != Motif::aucun)
      return {Traitement::retenu, decided};
  }
  Jugement result = cell(family.nom, &chemin, true);
  if (sensitive)
    result = least(result, cell("sensible", &chemin));
  if (unread)
    result = least(result, cell("texte_libre", &chemin));
  return result;
}

std::vector<Jugement> Masque::judgements(dossier::Chemin chemin) const {
  std::vector<std::string> keys{chemin.cle};
  if (chemin.cle.empty()) // all of them: those that the table tells apart too
    for (const Famille &family : droits_.familles)
      for (const std::string &pattern : family.faits)
        if (pattern.starts_with(std::string(chemin.type->nom) + "["))
          keys.push_back(pattern.substr(chemin.type->nom.size() + 1, pattern.size() - chemin.type->nom.size() - 2));
  const std::string asked = chemin.champ == "etapes" ? "etape" : chemin.champ;
  std::vector<Jugement> list;
  for (const dossier::Champ &field : chemin.type->champs)
    if (asked.empty() || field.nom == asked)
      for (const std::string &key : keys) {
        chemin.cle = key;
        chemin.champ = field.nom;
        list.push_back(judge(chemin));
      }
  return list;
}

Jugement Masque::judge_under(std::string_view chemin) const {
  const auto path = dossier::Chemin::parse(chemin);
  if (!path)
    return {Traitement::retenu, Motif::hors_table};
  Jugement result{Traitement::clair, Motif::aucun};
  for (const Jugement &one : judgements(*path))
    result = least(result, one);
  return result;
}

bool Masque::shows_groups(std::string_view type) const {
  const auto list = judgements(*dossier::Chemin::parse(type));
  return std::any_of(list.begin(), list.end(),
                     [](const Jugement &one) { return one.traitement == Traitement::grossi; });
}

bool Masque::holds_free_text(std::string_view chemin) const {
  const auto path = dossier::Chemin::parse(chemin);
  const auto free = [&](const dossier::Evenement &event) {
    if (event.type != path->type->nom || !path->has_key(dossier::key_of(*path->type, event.contenu)))
      return false;
    return std::any_of(event.contenu.begin(), event.contenu.end(), [&](const auto &field) {
      return (path->champ.empty() || path->champ == field.first) &&
             droits_.texte_libre(event.type, field.first, field.second);
    });
  };
  if (!path)
    return false;
  const auto &events = relations_.recueil().events();
  return std::any_of(events.begin(), events.end(), [&](const auto *event) { return free(*event); }) ||
         (path->type->genre == dossier::Genre::foyer &&
          std::any_of(foyers_.begin(), foyers_.end(), [&](const dossier::Sujet &household) {
            const dossier::Evenements about = journal_.about(household);
            return std::any_of(about.begin(), about.end(), free);
          }));
}

std::optional<Retenue> Masque::closed(std::string_view chemin) const {
  Jugement best{Traitement::retenu, refus_};
  const auto path = dossier::Chemin::parse(chemin);
  if (refus_ == Motif::aucun && pseudonyme())
    best.motif = Motif::pseudonyme;
  else if (refus_ == Motif::aucun && path)
    for (bool first = true; const Jugement &one : judgements(*path))
      if (std::exchange(first, false) || one.traitement > best.traitement)
        best = one;
  if (best.traitement == Traitement::clair)
    return std::nullopt;
  const std::string title(path ? path->type->titre : std::string_view("Ce fait"));
  return Retenue{"chemin", title, Traitement::retenu, best.motif, phrase(best.motif, Traitement::retenu)};
}

std::vector<Retenue> Masque::retenues(bool passe) const {
  std::vector<Retenue> list;
  const auto add = [&](std::string object, std::string title, Jugement judged) {
    list.push_back({std::move(object), std::move(title), judged.traitement, judged.motif,
                    phrase(judged.motif, judged.traitement)});
  };
  if (refus_ != Motif::aucun) {
    add("dossier", "Tout le dossier", {Traitement::retenu, refus_});
    return list;
  }
  if (passe)
    add("autre_dossier", "Ce qui, connu alors, serait d'un dossier qui n'est plus le sien",
        {Traitement::retenu, Motif::relation_absente});
  for (const Famille &family : droits_.familles) {
    Jugement judged = decided(family.nom);
    if (judged.motif == Motif::aucun)
      judged = cell(family.nom, nullptr);
    if (judged.traitement != Traitement::clair)
      add(family.nom, family.titre, judged);
  }
  return list;
}

// A decision may name less than a family: it is told by the family all the same, since the fact that it names may be
// one that this role does not see.
Jugement Masque::decided(const std::string &famille) const {
  Motif motif = decisions_.judge({famille});
  for (const std::string &object : decisions_.objets()) {
    if (motif != Motif::aucun)
      break;
    auto path = dossier::Chemin::parse(object);
    if (!path)
      continue;
    const std::string named = path->champ;
    for (const dossier::Champ &field : path->type->champs) {
      path->champ = field.nom;
      if (const Famille *of = droits_.famille_of(path->type->nom, path->cle, field.nom);
          of != nullptr && of->nom == famille && (named.empty() || field.nom == named))
        motif = decisions_.judge({object});
    }
  }
  return {motif == Motif::aucun ? Traitement::clair : Traitement::retenu, motif};
}

std::string Masque::pseudonym() const {
  // The store's keyed fingerprint: stable as long as its key, and of no use without it. The word before keeps it apart
  // from the fingerprints of NIR.
  const std::string print = journal_.nir_fingerprints("pseudonyme:" + dossier().id).front();
  return "p-" + print.substr(print.find(':') + 1, 32);
}

} // namespace spie::droits
