// What one request may see of one dossier, fact by fact, and the same dossier under that mask.
#pragma once

#include "insertion/dossier/chemin.hpp"
#include "insertion/droits/grossir.hpp"
#include "insertion/droits/rangs.hpp"
#include "insertion/droits/relations.hpp"
#include "spie/droits/vue.hpp"

#include <deque>
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
// Nor what was known up to a number of the journal: its gaps would count what he may not see.
void check(const Demande &demande, const Droits &droits, const dossier::Connaissance &connu);

class Masque {
public:
  Masque(dossier::Journal &journal, const dossier::Sujet &personne, const Demande &demande, const Droits &droits,
         const dossier::Regles &regles);

  const dossier::Sujet &dossier() const noexcept { return relations_.dossier(); }
  // The name of the role that plays; empty when none can.
  std::string role() const { return role_ == nullptr ? std::string() : role_->nom; }
  // Whether nothing at all is shown, by a decision on the data when a role plays.
  bool refuse() const noexcept { return refus_ != Motif::aucun; }
  bool pseudonyme() const noexcept { return role_ != nullptr && role_->pseudonyme; }
  // `evenement` is the one that says it: a free text may be declassified where it stands. Without the value, a code is
  // taken for one.
  Jugement judge(const dossier::Chemin &chemin, std::string_view evenement = {},
                 const feel::Value *valeur = nullptr) const;
  // The same of a path as it is written: a type, a fact; the least of what stands under it.
  Jugement judge_under(std::string_view chemin) const;
  // Whether something of that type is shown coarsely.
  bool shows_groups(std::string_view type) const;
  // Of a text that nobody declassified, in a family that is shown.
  Jugement texte_libre() const { return cell("texte_libre", nullptr); }
  // Whether the dossier ever held, under that path, a value that is no code of its list.
  bool holds_free_text(std::string_view chemin) const;
  // One for each family that is not shown in clear, whatever the dossier holds. `passe` says that more was asked for
  // than what is known now: what was known before may be of another dossier since.
  std::vector<Retenue> retenues(bool passe = false) const;
  // Why nothing under that path may be shown; nullopt when something may.
  std::optional<Retenue> closed(std::string_view chemin) const;

  // The dossier as he may see it: what is in clear as of that day, as if nothing else had been said, and what is coarse
  // as of the instant of asking, as if he had said nothing himself.
  // With `types`, facts of those alone.
  dossier::Situation situation(feel::Date au, const dossier::Connaissance &connu,
                               const dossier::Types *types = nullptr) const;
  // What coarse facts are made of.
  const dossier::Situation &maintenant() const;
  feel::Date jour() const noexcept { return relations_.jour(); }
  const Droits &droits() const noexcept { return droits_; }
  // What to ask the dossier for, of a path as it is shown: ranks are told apart by `apply`.
  std::string asked(std::string_view chemin) const;
  // What was said under a path: the facts shown in clear alone, and what names an event that is not shown left out.
  std::vector<dossier::Parole> apply(std::vector<dossier::Parole> paroles, std::string_view chemin) const;

private:
  friend class ParolesClaires;
  void read_holdings();
  // Of each field under a path, without a value.
  std::vector<Jugement> judgements(dossier::Chemin chemin) const;
  // Whether the dossier holds that event at the instant of asking: what was known before it was told apart from another
  // one is no tie to that one.
  bool holds(std::string_view evenement) const { return evenement.empty() || evenements_.contains(evenement); }
  bool clear(const dossier::Chemin &chemin, std::string_view evenement, const feel::Value *valeur) const {
    return judge(chemin, evenement, valeur).traitement == Traitement::clair;
  }
  // The same, were its value no text: whether it may be known that something is said there.
  bool clear_but_for_text(const dossier::Chemin &chemin) const;
  // What is left of the statements of one dossier, and where it stands.
  struct Tri {
    std::deque<dossier::Evenement> shortened;
    std::vector<dossier::Presence> silent; // said, in words that are not shown
  };
  // Leaves of the statements what is in clear.
  void sift(const dossier::TypeContenu &type, std::vector<dossier::Enonce> &statements, feel::Date au, Tri &tri) const;
  // `free`: a text that is no code; `unread`: and that nobody declassified.
  Jugement judge(const dossier::Chemin &chemin, const Famille &family, bool free, bool unread) const;
  // What a consent may name beside the family: the fact, and with `du_type` its whole type; no fact: the family alone.
  Jugement cell(const std::string &famille, const dossier::Chemin *chemin, bool du_type = false) const;
  void choose_role();
  Jugement decided(const std::string &famille) const;
  std::string pseudonym() const;
  void hide_origins(dossier::Situation &situation) const;
  const Rangs &ranks() const;
  // Of what he recorded himself under a number: another thing than what stands there already, whose number he might
  // find out so.
  std::string own_key(std::string_view auteur, std::string key) const {
    return auteur == demande_.acteur.id ? "\x01" + std::move(key) : std::move(key);
  }
  // Whether the keys of this type are ranks in what is shown.
  bool hides_keys(std::string_view type) const { return !ranked_as(type).empty(); }
  // The type whose ranks they are: itself, or that which its key names ("bilan_immersion" → "immersion"); empty when
  // they are shown as they are.
  std::string_view ranked_as(std::string_view type) const;
  // A field as it is shown, when it is a number that is a rank elsewhere; nullopt when it is not shown.
  std::optional<feel::Value> number(std::string_view type, std::string_view champ, const feel::Value &value) const;
  void hide_numbers(std::vector<dossier::Fait> &faits) const;
  // Within each type: their order was that of the keys, which would tell them.
  void sort_by_rank(std::vector<dossier::Fait> &faits) const;

  dossier::Journal &journal_;
  const dossier::Sujet asked_;
  const Demande &demande_;
  const Droits &droits_;
  const dossier::Regles &regles_;
  Relations relations_;
  const Role *role_ = nullptr;
  const Ligne *ligne_ = nullptr;
  bool grossit_ = false; // the line shows something coarsely
  Decisions decisions_;
  Motif refus_ = Motif::aucun;                    // why nothing at all is shown
  std::set<std::string, std::less<>> evenements_; // that it holds, and its households
  std::vector<dossier::Sujet> groupe_;            // the dossiers that it is made of
  std::set<dossier::Sujet> foyers_;               // its households
  // Found out when first asked for.
  mutable std::optional<Rangs> rangs_;
  mutable std::optional<dossier::Situation> maintenant_;
};

// What was said of a dossier, as far as it is in clear: for what reads statements, where a view reads facts.
class ParolesClaires {
public:
  ParolesClaires(const Masque &masque, dossier::Journal &journal, const dossier::Sujet &personne, feel::Date au,
                 const dossier::Connaissance &connu);
  ParolesClaires(const ParolesClaires &) = delete;
  ParolesClaires &operator=(const ParolesClaires &) = delete;
  // Fields of a key are left for the key's sake, shown or not.
  const dossier::Enonces &enonces() const noexcept { return enonces_; }
  // In force on that day, in words that are not shown: an entry without its motive.
  const std::vector<dossier::Presence> &sans_mots() const noexcept { return tri_.silent; }

private:
  dossier::Recueil recueil_;
  Masque::Tri tri_; // what the statements point into, beside the gathered events
  dossier::Enonces enonces_;
};

// One sentence, in French.
std::string phrase(Motif motif, Traitement traitement);

} // namespace spie::droits
