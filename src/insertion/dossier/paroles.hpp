// What the events of a dossier come to, once it is settled which are known, which were corrected, and which belong to
// another dossier since.
#pragma once

#include "spie/dossier/contenu.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace spie::dossier {

// One statement of a source: the event that made it, and the event that now stands for it.
struct Enonce {
  const Evenement *origine = nullptr;
  const Evenement *actuel = nullptr; // the same, or its last correction
  bool corrige = false;
  const feel::Context &contenu() const noexcept { return actuel->contenu; }
  // A restatement bound by a correction keeps its own effect.
  Effet effet;
  const std::string &source() const noexcept { return origine->source.nom; }
};

// The dossiers merged into one, and the events that they hold together.
class Recueil {
public:
  Recueil(Journal &journal, const Sujet &subject, const Connaissance &known);

  const Sujet &holder() const noexcept { return holder_; }
  const std::vector<Sujet> &absorbed() const noexcept { return absorbed_; }
  // All events held by these dossiers, known or not, in the order of their record.
  const std::vector<const Evenement *> &events() const noexcept { return events_; }
  // Within what is known, and of a closed import.
  bool visible(const Evenement &event) const;
  bool known(const Evenement &event) const { return connaissance_.covers(event.seq, event.enregistre); }

private:
  void gather(const Sujet &subject);
  void keep(Evenements events) { kept_.push_back(std::move(events)); }

  Journal &journal_;
  Connaissance connaissance_;
  Sujet holder_;
  std::vector<Sujet> absorbed_;
  std::vector<Evenements> kept_; // what the pointers below point into
  std::vector<std::unique_ptr<Evenement>> fetched_;
  std::vector<const Evenement *> events_;
};

// The statements of the visible events, corrections applied, by type; as if an author had said nothing, when one is
// named.
using Enonces = std::map<std::string_view, std::vector<Enonce>>;
Enonces statements(const Recueil &gathered, std::string_view sans_auteur = {});

// How somebody looks at what was said. What is sifted out plays no part in what is left: neither does it displace it,
// nor is it why a source prevails.
struct Regard {
  std::function<void(const TypeContenu &, std::vector<Enonce> &)> tamis; // nothing is sifted out without one
  std::string sans_auteur;
  const Types *types = nullptr; // whose facts are wanted; of all of them without it
};
Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu,
                    const Regles &regles, const Regard &regard);

} // namespace spie::dossier
