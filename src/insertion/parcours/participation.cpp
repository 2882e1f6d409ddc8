// What the convention counts of instances (S:1714-1728).
#include "insertion/parcours/instances.hpp"

#include <algorithm>
#include <map>

namespace spie::parcours {

namespace {

// A count, and what is left of it once the small ones are hidden.
class Effectifs {
public:
  Effectifs(const Pack &pack, feel::Date au) : decision_(pack.role("case_gardee")), pack_(pack), au_(au) {}

  bool petit(std::int64_t count) {
    if (count == 0 || decision_.empty())
      return false;
    PackEvaluateOptions bare;
    bare.trace = bare.explanation = false;
    return !pack_.evaluate(decision_, feel::Context{{"effectif", count}}, au_, bare).value.is_true();
  }
  std::optional<std::int64_t> dit(std::int64_t count) {
    hidden_ = hidden_ || petit(count);
    return petit(count) ? std::nullopt : std::optional(count);
  }
  // A part of a whole: neither itself nor what is left of the whole may be small.
  std::optional<std::int64_t> part(std::int64_t count, std::int64_t whole) {
    const bool small = petit(count) || petit(whole) || petit(whole - count);
    hidden_ = hidden_ || small;
    return small ? std::nullopt : std::optional(count);
  }
  bool hidden() const noexcept { return hidden_; }

private:
  std::string decision_;
  const Pack &pack_;
  feel::Date au_;
  bool hidden_ = false;
};

std::optional<feel::Number> rate(const PresencesComptees &of) {
  if (!of.convies || !of.presents || *of.convies == 0)
    return std::nullopt;
  const auto exact = feel::Number(*of.presents).divide(feel::Number(*of.convies));
  return exact ? exact->round(3, feel::Rounding::half_up) : std::nullopt;
}

// Whether a decision on her data keeps the role and the purpose from counting her, whatever ties them.
bool held_back(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &person,
               const std::string &role) {
  const droits::Relations hers(guichet.journal(), person, demande, guichet.regles());
  return droits::Decisions(hers.decisions(), guichet.droits(), role, demande.finalite).whole() != droits::Motif::aucun;
}

} // namespace

Participation participation(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                            const std::optional<dossier::Sujet> &instance, feel::Date du, feel::Date au) {
  if (au < du)
    throw Error({Code::path_request, Level::error, "the period ends before it begins", "au", "Give its two days."});
  std::vector<droits::Cible> targets;
  if (instance)
    targets.push_back({*instance, {}});
  const std::string role = guichet.autoriser(demande, "compter_instances", targets);
  dossier::Journal &journal = guichet.journal();
  const dossier::Connaissance known{{}, demande.instant};
  Participation made;
  made.du = du;
  made.au = au;
  if (instance)
    made.instances.push_back(instance->to_string());
  else
    for (const InstanceLue &each : recenser_instances(journal, au, known))
      made.instances.push_back(each.instance);
  const auto within = [&](feel::Date day) { return du <= day && day <= au; };

  std::map<dossier::Sujet, bool> kept_out;
  const auto out = [&](const dossier::Sujet &person) {
    const auto [at, fresh] = kept_out.try_emplace(person);
    if (fresh)
      at->second = !journal.about(person).empty() && held_back(guichet, demande, person, role);
    return at->second;
  };
  std::int64_t convened[2] = {0, 0}, present[2] = {0, 0}, studied = 0, reoriented = 0; // partners, persons
  std::map<std::string, std::int64_t> gaps;
  for (const std::string &name : made.instances) {
    const dossier::Sujet subject = dossier::Sujet::parse(name).value();
    const Instance dite(journal, subject, known);
    for (const Chose &session : dite.seances()) {
      if (session.etape != "tenue" || !within(jour_de_seance(session)))
        continue;
      ++made.seances;
      bool noted = false;
      for (const Chose &presence : dite.presences()) {
        if (presence.text("session") != session.cle)
          continue;
        noted = true;
        const auto who = dossier::Sujet::parse(presence.text("qui"));
        const bool person = who && who->genre == dossier::Genre::personne;
        if (person && out(*who))
          continue;
        ++convened[person ? 1 : 0];
        present[person ? 1 : 0] += presence.text("etat") == "present" ? 1 : 0;
      }
      made.seances_sans_presence += noted ? 0 : 1;
    }
    std::set<dossier::Sujet> seen;
    for (const dossier::Sujet &person : personnes_saisies(journal, subject)) {
      if (journal.about(person).empty() || !seen.insert(dossier::holder(journal, person, known)).second || out(person))
        continue;
      const dossier::Recueil held(journal, person, known);
      const dossier::Enonces said = dossier::statements(held);
      const std::vector<Chose> referrals = choses(said, "saisine");
      for (const Chose &decided : choses(said, "decision_instance")) {
        const Chose *referral = find(referrals, decided.cle);
        if (referral == nullptr || referral->text("instance") != name || !within(decided.depuis))
          continue;
        ++studied;
        reoriented += decided.text("nature") == "reorientation" ? 1 : 0;
        if (const std::string gap = decided.text("manque_offre"); !gap.empty())
          ++gaps[gap];
      }
    }
  }
  Effectifs counts(pack, au);
  made.partenaires = {convened[0], present[0], {}}; // professionals at work: no case of a person
  made.personnes = {counts.dit(convened[1]), counts.part(present[1], convened[1]), {}};
  made.partenaires.taux = rate(made.partenaires);
  made.personnes.taux = rate(made.personnes);
  made.situations_etudiees = counts.dit(studied);
  made.reorientations = counts.part(reoriented, studied);
  for (const auto &[code, count] : gaps)
    made.manques.push_back({code, counts.part(count, studied)});
  made.petits_effectifs = counts.hidden();
  return made;
}

} // namespace spie::parcours
