// What one request may see of one dossier, fact by fact, and the same dossier under that mask.
#pragma once

#include "insertion/droits/grossir.hpp"
#include "insertion/droits/relations.hpp"
#include "spie/droits/vue.hpp"

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
  Jugement judge(std::string_view type, std::string_view cle, std::string_view champ,
                 std::string_view evenement = {}) const;
  // The same of a path of the dossier: a type, a fact; the least of what stands under it.
  Jugement judge(std::string_view chemin) const;
  // One for each family that is not shown in clear.
  std::vector<Retenue> retenues() const;

  dossier::Situation apply(dossier::Situation situation) const;
  // Of what is shown of a dossier on that day, what is to be shown coarsely.
  Grossisseur grossisseur(feel::Date au) const { return {droits_, au, relations_.jour(), relations_.situation()}; }
  // What was said under a path: the facts shown in clear alone.
  std::vector<dossier::Parole> apply(std::vector<dossier::Parole> paroles, std::string_view chemin) const;

private:
  Jugement cell(const std::string &famille, std::vector<std::string> objets) const;
  void choose_role();
  Jugement decided(const std::string &famille) const;
  std::string pseudonym() const;
  void hide_origins(dossier::Situation &situation) const;

  dossier::Journal &journal_;
  const Demande &demande_;
  const Droits &droits_;
  Relations relations_;
  const Role *role_ = nullptr;
  const Ligne *ligne_ = nullptr;
  Decisions decisions_;
  Motif refus_ = Motif::aucun; // why nothing at all is shown
};

// One sentence, in French.
std::string phrase(Motif motif, Traitement traitement);

} // namespace spie::droits
