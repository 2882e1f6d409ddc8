#include "insertion/parcours/instances.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/parcours/records_instance.hpp"

#include <algorithm>
#include <tuple>

namespace spie::parcours {

namespace {

std::optional<feel::Date> day_in(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  return value != nullptr && value->is(feel::Kind::date) ? std::optional(value->date()) : std::nullopt;
}

dossier::Recueil gathered(dossier::Journal &journal, const dossier::Sujet &subject,
                          const dossier::Connaissance &known) {
  if (journal.about(subject).empty())
    dossier::refuse_unknown(subject);
  return {journal, subject, known};
}

} // namespace

Instance::Instance(dossier::Journal &journal, const dossier::Sujet &sujet, const dossier::Connaissance &connu)
    : journal_(journal), sujet_(sujet), connu_(connu), recueil_(gathered(journal, sujet, connu)),
      dits_(dossier::statements(recueil_)), seances_(choses(dits_, "session")), presences_(choses(dits_, "presence")) {}

std::vector<SiegeLu> Instance::sieges(feel::Date au) const {
  std::vector<SiegeLu> list;
  const dossier::Situation then = dossier::situation(journal_, sujet_, au, connu_);
  const auto text = [&](const std::string &key, const char *field) {
    const auto found = std::find_if(then.faits.begin(), then.faits.end(), [&](const dossier::Fait &fact) {
      return fact.type == "siege" && fact.cle == key && fact.champ == field && fact.dire.valeur.is(feel::Kind::text);
    });
    return found == then.faits.end() ? std::string() : found->dire.valeur.text();
  };
  for (const dossier::Fait &fact : then.faits)
    if (fact.type == "siege" && fact.champ == "etape" && fact.dire.valeur.is(feel::Kind::text) &&
        fact.dire.valeur.text() == "commence") {
      const std::string quality = text(fact.cle, "qualite");
      list.push_back(
          {fact.cle, text(fact.cle, "structure"), quality.empty() ? "titulaire" : quality, fact.dire.effet.debut});
    }
  return list;
}

std::vector<SiegeLu> Instance::membres(feel::Date au) const {
  std::vector<SiegeLu> list = sieges(au);
  std::erase_if(list, [](const SiegeLu &one) { return one.qualite == "invite"; });
  return list;
}

InstanceLue Instance::lue(feel::Date au) const {
  InstanceLue read;
  read.instance = sujet_.to_string();
  for (const Chose &one : choses(dits_, "instance")) {
    read.nom = one.text("nom");
    read.genre = one.text("genre");
    read.territoire = one.text("territoire");
    read.reglement = one.text("reglement");
    read.label = one.text("label");
    if (const feel::Value *alone = one.champs.find("ad_hoc"); alone != nullptr && alone->is(feel::Kind::boolean))
      read.ad_hoc = alone->is_true();
    if (const feel::Value *least = one.champs.find("quorum"); least != nullptr && least->is(feel::Kind::number))
      read.quorum = least->number().to_int64();
  }
  read.sieges = sieges(au);
  for (const Chose &one : seances_)
    read.seances.push_back(seance_lue(one));
  return read;
}

QuorumLu Instance::quorum(const Chose &seance) const {
  QuorumLu read{{}, {}, "inconnu"};
  for (const Chose &one : choses(dits_, "instance"))
    if (const feel::Value *least = one.champs.find("quorum"); least != nullptr && least->is(feel::Kind::number))
      read.requis = least->number().to_int64();
  const std::vector<SiegeLu> members = membres(jour_de_seance(seance));
  for (const Chose &one : presences_)
    if (one.text("session") == seance.cle && one.text("etat") != "convie" &&
        std::any_of(members.begin(), members.end(),
                    [&](const SiegeLu &member) { return member.professionnel == one.text("qui"); }))
      read.presents = read.presents.value_or(0) + (one.text("etat") == "present" ? 1 : 0);
  if (read.requis && read.presents)
    read.etat = *read.presents >= *read.requis ? "atteint" : "non_atteint";
  return read;
}

SeanceLue seance_lue(const Chose &seance) {
  return {seance.cle, seance.etape, day_in(seance.champs, "date"), seance.text("lieu")};
}

feel::Date jour_de_seance(const Chose &seance) { return day_in(seance.champs, "date").value_or(seance.depuis); }

std::vector<dossier::Sujet> personnes_saisies(dossier::Journal &journal, const dossier::Sujet &instance) {
  std::vector<dossier::Sujet> list = journal.lookup("lien", instance.to_string());
  std::erase_if(list, [](const dossier::Sujet &one) { return one.genre != dossier::Genre::personne; });
  return list;
}

namespace {

// One thing of a dossier, field by field, under its mask.
class Montree {
public:
  Montree(const droits::Masque &mask, std::string_view type, const Chose &thing)
      : mask_(mask), type_(*dossier::find_type(type)), thing_(thing) {}

  const feel::Value *find(std::string_view field) const {
    const feel::Value *value = thing_.champs.find(field);
    if (value == nullptr)
      return nullptr;
    return shows(field, event_that_says(field), *value) ? value : nullptr;
  }
  std::string text(std::string_view field) const {
    const feel::Value *value = find(field);
    return value != nullptr && value->is(feel::Kind::text) ? value->text() : std::string();
  }
  std::optional<feel::Date> day(std::string_view field) const {
    const feel::Value *value = find(field);
    return value != nullptr && value->is(feel::Kind::date) ? std::optional(value->date()) : std::nullopt;
  }
  // The day of the first step that is shown; of a thing without steps, that of its first word that is.
  std::optional<feel::Date> depuis() const {
    for (const dossier::Enonce *said : thing_.enonces)
      for (const auto &[field, value] : said->contenu())
        if ((field == "etape" || type_.cardinalite != dossier::Cardinalite::etapes) &&
            shows(field, said->actuel->id, value))
          return said->effet.debut;
    return std::nullopt;
  }

private:
  bool shows(std::string_view field, std::string_view event, const feel::Value &value) const {
    return mask_.judge({false, &type_, thing_.cle, std::string(field)}, event, &value).traitement ==
           droits::Traitement::clair;
  }
  std::string_view event_that_says(std::string_view field) const {
    for (auto said = thing_.enonces.rbegin(); said != thing_.enonces.rend(); ++said)
      if ((*said)->contenu().find(field) != nullptr)
        return (*said)->actuel->id;
    return {};
  }

  const droits::Masque &mask_;
  const dossier::TypeContenu &type_;
  const Chose &thing_;
};

std::string name_in(const dossier::Situation &shown, const droits::Masque &mask, const char *path) {
  const dossier::Fait *fact = shown.find(path);
  return fact != nullptr && fact->dire.valeur.is(feel::Kind::text) &&
                 mask.judge_under(path).traitement == droits::Traitement::clair
             ? fact->dire.valeur.text()
             : std::string();
}

} // namespace

std::vector<CasInstance> cas_de(dossier::Journal &journal, const droits::Demande &demande, const droits::Masque &mask,
                                const Instance &instance, const Chose &seance, bool organise) {
  const dossier::Recueil held(journal, mask.dossier(), {{}, demande.instant});
  const dossier::Enonces said = dossier::statements(held);
  const std::vector<Chose> decisions = choses(said, "decision_instance");
  std::optional<dossier::Situation> shown;
  std::vector<CasInstance> list;
  for (const Chose &referral : choses(said, "saisine")) {
    // By what is shown alone: a session that is not shown enters no case in one.
    const Montree seen(mask, "saisine", referral);
    const std::string session = seen.text("session"), step = seen.text("etape");
    const bool studied = step == "inscrite" || step == "etudiee";
    const bool waits = step == "deposee" && (session.empty() || session == seance.cle);
    if (seen.text("instance") != instance.sujet().to_string() || !((studied && session == seance.cle) || waits))
      continue;
    if (!shown)
      shown = mask.situation(jour_de_seance(seance), {{}, demande.instant});
    CasInstance one;
    one.personne = mask.dossier().to_string();
    one.nom = name_in(*shown, mask, "identite.nom");
    one.prenom = name_in(*shown, mask, "identite.prenom");
    if (organise || !seen.text("question").empty())
      one.saisine = referral.cle;
    one.etape = step;
    one.inscrit = studied;
    one.deposee_le = seen.depuis();
    one.motif = seen.text("motif");
    one.question = seen.text("question");
    for (const dossier::Mandat &leads : shown->mandats)
      if (std::find(one.referents.begin(), one.referents.end(), leads.professionnel) == one.referents.end() &&
          !leads.professionnel.empty())
        one.referents.push_back(leads.professionnel);
    if (const feel::Value *named = seen.find("membres"); named != nullptr && named->is(feel::Kind::list))
      for (const feel::Value &member : named->list())
        if (member.is(feel::Kind::text))
          one.membres.push_back(member.text());
    if (const Chose *decided = find(decisions, referral.cle); decided != nullptr) {
      const Montree told(mask, "decision_instance", *decided);
      if (!told.text("nature").empty())
        one.decision =
            DecisionLue{told.text("nature"),   told.text("motif"),   told.text("manque_offre"), told.text("suite"),
                        told.text("autorite"), told.text("article"), told.day("notifie_le"),    decided->depuis};
    }
    list.push_back(std::move(one));
  }
  return list;
}

std::vector<Convocation> convoquer(const Instance &instance, const Chose &seance, const std::vector<CasInstance> &cas) {
  std::vector<Convocation> list;
  const auto add = [&](const std::string &who, const char *quality, std::string why,
                       const std::vector<std::string> &persons) {
    auto found = std::find_if(list.begin(), list.end(), [&](const Convocation &one) { return one.qui == who; });
    if (found == list.end())
      found = list.insert(list.end(), {who, quality, {}, {}, {}});
    if (std::find(found->raisons.begin(), found->raisons.end(), why) == found->raisons.end())
      found->raisons.push_back(std::move(why));
    for (const std::string &person : persons)
      if (std::find(found->personnes.begin(), found->personnes.end(), person) == found->personnes.end())
        found->personnes.push_back(person);
  };
  std::vector<std::string> all;
  for (const CasInstance &one : cas)
    if (one.inscrit)
      all.push_back(one.personne);
  for (const SiegeLu &member : instance.membres(jour_de_seance(seance)))
    add(member.professionnel, "membre", "siège à l'instance (" + member.qualite + ")", all);
  for (const CasInstance &one : cas) {
    if (!one.inscrit)
      continue;
    for (const std::string &leads : one.referents)
      add(leads, "referent", "suit une personne dont la situation est étudiée", {one.personne});
    for (const std::string &named : one.membres)
      add(named, "referent", "membre du parcours, nommé par la saisine", {one.personne});
    add(one.personne, "personne", "sa situation est étudiée", {one.personne});
  }
  for (Convocation &one : list)
    for (const Chose &presence : instance.presences())
      if (presence.text("session") == seance.cle && presence.text("qui") == one.qui)
        one.etat = presence.text("etat");
  return list;
}

std::vector<InstanceLue> recenser_instances(dossier::Journal &journal, feel::Date au,
                                            const dossier::Connaissance &connu) {
  std::vector<InstanceLue> list;
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::instance, after, page);
    for (const dossier::Sujet &one : subjects)
      if (!journal.about(one).empty()) // named by a referral alone
        list.push_back(Instance(journal, one, connu).lue(au));
    if (subjects.size() < page)
      break;
    after = subjects.back().id;
  }
  std::ranges::stable_sort(list, [](const InstanceLue &a, const InstanceLue &b) {
    return std::tie(a.nom, a.instance) < std::tie(b.nom, b.instance);
  });
  return list;
}

namespace {

const Chose &session_of(const Instance &instance, std::string_view asked, feel::Date today) {
  const auto refuse = [&](std::string message) {
    throw Error({Code::dossier_unknown, Level::error, std::move(message), {}, {}});
  };
  if (!asked.empty()) {
    const Chose *found = instance.seance(asked);
    if (found == nullptr)
      refuse("'" + instance.sujet().to_string() + "' has no session '" + std::string(asked) + "'");
    return *found;
  }
  const Chose *best = nullptr; // the next one, else the last: a session's id is its day
  for (const Chose &one : instance.seances()) {
    if (one.etape == "annulee")
      continue;
    if (best == nullptr || jour_de_seance(*best) < today)
      best = &one;
  }
  if (best == nullptr)
    refuse("'" + instance.sujet().to_string() + "' has no session");
  return *best;
}

} // namespace

Agenda agenda(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &instance,
              std::string_view session) {
  dossier::Journal &journal = guichet.journal();
  const Instance said(journal, instance, {{}, demande.instant});
  const feel::Date today = droits::jour_de(demande.instant);
  const Chose &seance = session_of(said, session, today);
  const bool organise = droits::organises(journal, instance, demande);
  Agenda made;
  made.instance = instance.to_string();
  made.nom = said.lue(today).nom;
  made.seance = seance_lue(seance);
  made.quorum = said.quorum(seance);
  guichet.examiner(demande, "agenda", personnes_saisies(journal, instance), [&](const droits::Masque &mask) {
    auto seen = cas_de(journal, demande, mask, said, seance, organise);
    if (seen.empty())
      return false;
    made.role = mask.role();
    std::move(seen.begin(), seen.end(), std::back_inserter(made.cas));
    return true;
  });
  std::ranges::sort(made.cas, [](const CasInstance &a, const CasInstance &b) {
    const auto key = [](const CasInstance &one) {
      return std::tie(one.deposee_le, one.nom, one.prenom, one.personne, one.saisine);
    };
    return a.inscrit != b.inscrit ? a.inscrit : key(a) < key(b);
  });
  made.convocations = convoquer(said, seance, made.cas);
  return made;
}

feel::Value to_value(const InstanceLue &instance) { return record::to_context(instance); }
feel::Value to_value(const std::vector<InstanceLue> &instances) { return record::to_list(instances); }
feel::Value to_value(const Agenda &agenda) { return record::to_context(agenda); }
feel::Value to_value(const Participation &participation) { return record::to_context(participation); }

} // namespace spie::parcours
