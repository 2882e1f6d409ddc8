// Who may do what: the acts of the table, asked for before a dossier is changed.
#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::droits {

namespace {

// By each of these entries: what asks for several is for who may all of them.
bool permitted(const std::vector<const Habilitation *> &acts, const Role &role, std::string_view purpose) {
  return std::all_of(acts.begin(), acts.end(), [&](const Habilitation *act) {
    return std::any_of(act->permis.begin(), act->permis.end(),
                       [&](const Permission &one) { return one.role == role.nom && one.finalite == purpose; });
  });
}

bool permitted(const Droits &rights, std::string_view act, const Role &role, std::string_view purpose) {
  const auto entries = rights.habilitations_of(act);
  return !entries.empty() && permitted(entries, role, purpose);
}

[[noreturn]] void refuse(Code code, std::string message) {
  throw Error({code, Level::error, std::move(message), {}, {}});
}

} // namespace

Cible cible_of(const dossier::Evenement &evenement) {
  return {evenement.sujets.front(),
          evenement.type,
          evenement.corrige,
          {evenement.sujets.begin() + 1, evenement.sujets.end()},
          evenement.seq == 0 ? evenement.auteur : std::string(),
          text_of(evenement.contenu, "etape")};
}

namespace {

std::string step_of(const feel::Context &event) {
  const feel::Value *content = event.find("contenu");
  return content != nullptr && content->is(feel::Kind::context) ? text_of(content->context(), "etape") : std::string();
}

} // namespace

std::vector<Cible> read_cibles(const feel::Value &value) {
  const auto refuse_at = [](const std::string &where, std::string message) {
    throw Error({Code::dossier_event, Level::error, std::move(message), where,
                 "Write [{\"sujets\": [\"personne:4kq9…\"], \"type\": \"frein\"}]."});
  };
  if (!value.is(feel::Kind::list))
    refuse_at("", "a list of subjects or of events is expected");
  std::vector<Cible> targets;
  for (const feel::Value &item : value.list()) {
    const std::string where = "/" + std::to_string(targets.size());
    if (!item.is(feel::Kind::context))
      refuse_at(where, "an object is expected");
    const feel::Value *subjects = item.context().find("sujets");
    std::vector<dossier::Sujet> named;
    if (subjects != nullptr && subjects->is(feel::Kind::list))
      for (const feel::Value &one : subjects->list()) {
        const auto subject = one.is(feel::Kind::text) ? dossier::Sujet::parse(one.text()) : std::nullopt;
        if (!subject)
          refuse_at(where + "/sujets", "a list of subjects is expected");
        named.push_back(*subject);
      }
    if (named.empty())
      refuse_at(where + "/sujets", "a list of subjects is expected");
    targets.push_back({named.front(),
                       text_of(item.context(), "type"),
                       text_of(item.context(), "corrige"),
                       {named.begin() + 1, named.end()},
                       item.context().find("enregistre") == nullptr ? text_of(item.context(), "auteur") : std::string(),
                       step_of(item.context())});
  }
  return targets;
}

// The act asked for, and those that the types of the events ask for: who may correct a fact may not, by that alone,
// correct a consent. An act that is for other people at other steps is asked for at the step of the event.
bool Guichet::may(const Role &role, const Demande &demande, std::string_view act, const Cible &cible) {
  const auto allowed = [&](std::string_view type, std::string_view step) {
    return permitted(droits_.habilitations_of(type, step), role, demande.finalite);
  };
  auto asked = droits_.habilitations_of(act);
  if (asked.empty() || ((act == "enregistrer" || act == "corriger") && droits_.par_leur_acte.contains(cible.type)))
    return false;
  const auto of_event = droits_.habilitations_of(cible.type, cible.etape);
  // An act that is for other people at other steps is that of its own events alone.
  if (asked.size() > 1 && !cible.type.empty() && cible.type != "retrait") {
    std::erase_if(asked,
                  [&](const auto *one) { return std::find(of_event.begin(), of_event.end(), one) == of_event.end(); });
    if (asked.empty())
      return false;
  }
  if (!permitted(asked, role, demande.finalite) || !permitted(of_event, role, demande.finalite))
    return false;
  if (!cible.corrige.empty()) {
    const auto corrected = journal_.find(cible.corrige);
    if (!permitted(droits_, "corriger", role, demande.finalite) ||
        (corrected && !allowed(corrected->type, text_of(corrected->contenu, "etape"))))
      return false;
  }
  return true;
}

// What the targets are held by, and every person that they or what they correct name: her dossier shows them too.
std::vector<dossier::Sujet> Guichet::touched(const std::vector<Cible> &cibles) {
  std::vector<dossier::Sujet> subjects;
  const auto add = [&](const dossier::Sujet &subject) {
    if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end())
      subjects.push_back(subject);
  };
  const auto add_persons = [&](const std::vector<dossier::Sujet> &named) {
    for (const dossier::Sujet &subject : named)
      if (subject.genre == dossier::Genre::personne)
        add(subject);
  };
  for (const Cible &target : cibles) {
    add(target.sujet);
    add_persons(target.autres);
    if (const auto corrected = target.corrige.empty() ? std::nullopt : journal_.find(target.corrige))
      add_persons(corrected->sujets);
  }
  return subjects;
}

// What somebody says moves no group that he sees (Masque::maintenant): it must be known for his.
bool Guichet::signs(const Role &role, const Demande &demande, const std::vector<Cible> &cibles) {
  if (permitted(droits_, "importer", role, demande.finalite))
    return true;
  Demande reader = demande;
  reader.role = role.nom;
  return std::all_of(cibles.begin(), cibles.end(), [&](const Cible &target) {
    return target.auteur.empty() || target.auteur == demande.acteur.id ||
           target.sujet.genre != dossier::Genre::personne || dossier::find_type(target.type) == nullptr ||
           !Masque(journal_, target.sujet, reader, droits_, regles_).shows_groups(target.type);
  });
}

std::string Guichet::permit(const Demande &demande, std::string_view act, const std::vector<Cible> &cibles) {
  const std::vector<dossier::Sujet> subjects = touched(cibles);
  const auto there = [&](const dossier::Sujet &subject) { return !journal_.about(subject).empty(); };
  const auto tied = [&](const Role &role) {
    return role.relation == Relation::aucune ||
           (!subjects.empty() && std::all_of(subjects.begin(), subjects.end(), [&](const dossier::Sujet &subject) {
             if (subject.genre == dossier::Genre::instance && role.relation == Relation::animateur)
               return there(subject) && organises(journal_, subject, demande);
             return subject.genre == dossier::Genre::personne && there(subject) &&
                    Relations(journal_, subject, demande, regles_).holds(role);
           }));
  };
  bool tie_is_missing = false;
  for (const Role &role : droits_.roles) {
    const auto &own = demande.acteur.roles;
    if (std::find(own.begin(), own.end(), role.nom) == own.end() || (demande.role && *demande.role != role.nom))
      continue;
    if (cibles.empty() ? !permitted(droits_, act, role, demande.finalite)
                       : !std::all_of(cibles.begin(), cibles.end(),
                                      [&](const Cible &target) { return may(role, demande, act, target); }))
      continue;
    if (tied(role)) {
      if (!signs(role, demande, cibles))
        refuse(Code::rights_refused, "who records what he sees by groups alone is its author");
      return role.nom;
    }
    tie_is_missing = true;
  }
  if (tie_is_missing)
    for (const dossier::Sujet &subject : subjects)
      if (subject.genre == dossier::Genre::personne && !there(subject))
        dossier::refuse_unknown(subject);
  refuse(Code::rights_refused, "the table of rights does not allow '" + std::string(act) + "' here, for '" +
                                   demande.finalite + "' and in a role of this actor");
}

std::string Guichet::autoriser(const Demande &demande, std::string_view act, const std::vector<Cible> &cibles) {
  return traced(demande, act, touched(cibles), [&] {
    check(demande, droits_);
    const std::string role = permit(demande, act, cibles);
    std::vector<dossier::Sujet> dossiers;
    for (const dossier::Sujet &subject : touched(cibles)) {
      const dossier::Sujet held = subject.genre == dossier::Genre::personne
                                      ? dossier::holder(journal_, subject, {{}, demande.instant})
                                      : subject;
      if (std::find(dossiers.begin(), dossiers.end(), held) == dossiers.end())
        dossiers.push_back(held);
    }
    noter(demande, role, std::string(act), std::move(dossiers));
    return role;
  });
}

std::string Guichet::declasser(const Demande &demande, const dossier::Sujet &person, std::string_view evenement,
                               std::string_view champ, std::string_view motif) {
  return traced(demande, "declasser", {person}, [&] {
    check(demande, droits_);
    Demande reader = demande;
    reader.role = permit(demande, "declasser", {{person, "declassement"}});
    const dossier::Recueil gathered(journal_, person, {{}, demande.instant});
    const dossier::Evenement *event = nullptr;
    const dossier::Evenement *corrector = nullptr;
    for (const dossier::Evenement *held : gathered.events()) {
      if (held->id == evenement)
        event = held;
      if (held->corrige == evenement)
        corrector = held;
    }
    const dossier::TypeContenu *type = event == nullptr ? nullptr : dossier::find_type(event->type);
    const feel::Value *text = event == nullptr ? nullptr : event->contenu.find(champ);
    if (type == nullptr || text == nullptr || !droits_.texte_libre(event->type, champ, *text))
      refuse(Code::dossier_unknown,
             "the dossier has no event '" + std::string(evenement) + "' with a free text '" + std::string(champ) + "'");
    const Masque mask(journal_, person, reader, droits_, regles_);
    if (mask.judge({false, type, dossier::key_of(*type, event->contenu), std::string(champ)}, evenement).traitement !=
        Traitement::clair)
      refuse(Code::rights_refused, "who declassifies a text has read it, and this actor does not see it");
    if (corrector != nullptr)
      refuse(Code::dossier_conflict, "the event was corrected by '" + corrector->id + "'");
    noter(demande, *reader.role, "declasser", {mask.dossier()});

    dossier::Evenement made;
    made.sujets = {person};
    made.type = "declassement";
    made.effet.debut = jour_de(demande.instant);
    made.auteur = demande.acteur.id;
    made.source.nom = "saisie";
    made.contenu = {{"evenement", event->id}, {"champ", champ}};
    if (!motif.empty())
      made.contenu.set("motif", motif);
    std::vector events{std::move(made)};
    journal_.append(events, demande.instant);
    return events.front().id;
  });
}

} // namespace spie::droits
