// What one request may see of one dossier, fact by fact, and the same dossier under that mask.
#pragma once

#include "insertion/dossier/chemin.hpp"
#include "insertion/droits/grossir.hpp"
#include "insertion/droits/rangs.hpp"
#include "insertion/droits/relations.hpp"
#include "spie/droits/vue.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

struct Jugement {
  Traitement traitement = Traitement::retenu;
  Motif motif = Motif::aucun;
};

// R001 when nobody asks, for no known purpose, or in a role that is not his.
void check(const Demande &demande, const Droits &droits);

class Masque {
public:
  Masque(dossier::Journal &journal, const dossier::Sujet &personne, const Demande &demande, const Droits &droits,
         const dossier::Regles &regles);

  const dossier::Sujet &dossier() const noexcept { return relations_.dossier(); }
  // The name of the role that plays; empty when none can.
  std::string role() const { return role_ == nullptr ? std::string() : role_->nom; }
  bool pseudonyme() const noexcept { return role_ != nullptr && role_->pseudonyme; }
  // `evenement` is the one that says it: a free text may be declassified where it stands.
  Jugement judge(const dossier::Chemin &chemin, std::string_view evenement = {}) const;
  // The same of a path as it is written: a type, a fact; the least of what stands under it.
  Jugement judge_under(std::string_view chemin) const;
  // One for each family that is not shown in clear.
  std::vector<Retenue> retenues() const;

  dossier::Situation apply(dossier::Situation situation) const;
  // Of what is shown of a dossier on that day, what is to be shown coarsely.
  Grossisseur grossisseur(feel::Date au) const { return {droits_, au, relations_.jour(), relations_.situation()}; }
  // Where a fact of the dossier stands in what is shown of it.
  std::string path_of(const dossier::Fait &fait) const;
  // What to ask the dossier for, of a path as it is shown: ranks are told apart by `apply`.
  std::string asked(std::string_view chemin) const;
  // What was said under a path: the facts shown in clear alone.
  std::vector<dossier::Parole> apply(std::vector<dossier::Parole> paroles, std::string_view chemin) const;

private:
  void read_holdings();
  // Whether the dossier holds that event at the instant of asking: what was known before it was told apart from another
  // one is no tie to that one. Notes that something was not.
  bool holds(std::string_view evenement) const;
  Jugement cell(const std::string &famille, std::vector<std::string> objets) const;
  void choose_role();
  Jugement decided(const std::string &famille) const;
  std::string pseudonym() const;
  void hide_origins(dossier::Situation &situation) const;
  const Rangs &ranks() const;
  // Whether the keys of this type are ranks in what is shown.
  bool hides_keys(std::string_view type) const;
  // A field as it is shown, when it is a number that is a rank elsewhere; nullopt when it is not shown.
  std::optional<feel::Value> number(std::string_view type, std::string_view champ, const feel::Value &value) const;
  void hide_numbers(std::vector<dossier::Fait> &faits) const;
  // Within each type: their order was that of the keys, which would tell them.
  void sort_by_rank(std::vector<dossier::Fait> &faits) const;

  dossier::Journal &journal_;
  const Demande &demande_;
  const Droits &droits_;
  Relations relations_;
  const Role *role_ = nullptr;
  const Ligne *ligne_ = nullptr;
  Decisions decisions_;
  Motif refus_ = Motif::aucun;                    // why nothing at all is shown
  std::set<std::string, std::less<>> evenements_; // that it holds, and its households
  std::vector<dossier::Sujet> groupe_;            // the dossiers that it is made of
  std::set<dossier::Sujet> foyers_;               // its households
  mutable bool autre_dossier_ = false;            // something was of another one
  mutable std::optional<Rangs> rangs_;            // found out when first asked for
};

// One sentence, in French.
std::string phrase(Motif motif, Traitement traitement);

} // namespace spie::droits
