// Views of dossiers for an actor, and the journal of who asked for them.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/held_rome.hpp"
#include "bindings/python/held_store.hpp"
#include "bindings/python/interruptible.hpp"
#include "bindings/python/records.hpp"
#include "bindings/python/results.hpp"
#include "bindings/python/verification.hpp"

#include "credentials/records.hpp"
#include "insertion/parcours/records.hpp"
#include "insertion/parcours/records_instance.hpp"
#include "insertion/parcours/records_reseau.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/records_structure.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/passeport/tri.hpp"

#include "spie/conservation/conservation.hpp"
#include "spie/dossier/values.hpp"
#include "spie/droits/vue.hpp"
#include "spie/exchange/partage.hpp"
#include "spie/json.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/carnet.hpp"
#include "spie/parcours/parcours.hpp"
#include "spie/parcours/relais.hpp"
#include "spie/parcours/ruptures.hpp"
#include "spie/parcours/vigilance.hpp"
#include "spie/parcours/vue.hpp"
#include "spie/passeport/garantie.hpp"
#include "spie/passeport/passeport.hpp"
#include "spie/passeport/profil.hpp"
#include "spie/passeport/recommandation.hpp"
#include "spie/passeport/remise.hpp"
#include "spie/passeport/structure.hpp"
#include "spie/passeport/survivances.hpp"
#include "spie/store/acces.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace droits;
using dossier::Journal;
using Acces_ = std::unique_ptr<HeldAcces>;

using Fixed = std::optional<std::string>; // an instant

store::Options store_options(std::int64_t busy_ms, const Fixed &now) {
  store::Options options;
  options.busy_ms = busy_ms;
  options.maintenant = to_clock(now);
  return options;
}

Acces_ memory(const Fixed &now) {
  store::Options options;
  options.maintenant = to_clock(now);
  return std::make_unique<HeldAcces>(store::open_acces_memory(options));
}

Acces_ create(const std::string &path, const std::string &keys, std::int64_t busy_ms, const Fixed &now) {
  const auto options = store_options(busy_ms, now);
  const py::gil_scoped_release release;
  return std::make_unique<HeldAcces>(store::create_acces(path, keys, options));
}

Acces_ open(const std::string &path, const std::string &keys, std::int64_t busy_ms, const Fixed &now) {
  const auto options = store_options(busy_ms, now);
  const py::gil_scoped_release release;
  return std::make_unique<HeldAcces>(store::open_acces(path, keys, options));
}

// With what it is to a store, when one is given.
py::object verify(HeldAcces &self, const std::optional<std::string> &head, HeldStore *store) {
  VerificationAcces proof;
  std::optional<Place> place;
  const auto read = [&](Journal *journal) {
    self.locked([&](JournalAcces &acces) {
      proof = acces.verify(head ? std::optional<std::string_view>(*head) : std::nullopt);
      if (journal != nullptr)
        place = comparer(acces, *journal, proof);
    });
  };
  if (store != nullptr) {
    store->use([&](Journal &journal) { read(&journal); });
  } else {
    const py::gil_scoped_release release;
    read(nullptr);
  }
  py::dict record = to_python(droits::to_value(proof));
  record["place"] = place ? py::object(py::str(std::string(text(*place)))) : py::none();
  record["constats"] = to_python(proof.constats);
  return record;
}

py::list entries(const std::vector<Acces> &list) {
  py::list result;
  for (const Acces &one : list)
    result.append(to_python(droits::to_value(one)));
  return result;
}

// Who asks: {"acteur", "structure", "roles", "finalite", "instant", "role"}.
Demande to_demand(const py::dict &given) {
  Demande demand;
  demand.acteur.id = py::cast<std::string>(given["acteur"]);
  demand.acteur.structure = py::cast<std::string>(given["structure"]);
  demand.acteur.roles = py::cast<std::vector<std::string>>(given["roles"]);
  demand.finalite = py::cast<std::string>(given["finalite"]);
  demand.instant = to_record(py::cast<std::string>(given["instant"]), "instant");
  demand.role = py::cast<std::optional<std::string>>(given["role"]);
  return demand;
}

// The counter of a store, for the rules of a pack. Python keeps the store and the journal of accesses alive.
class HeldGuichet {
public:
  HeldGuichet(HeldStore &store, HeldAcces &acces, const HeldPack &pack)
      : store_(store), acces_(acces), pack_(pack.pack), droits_(read_droits(*pack.pack)),
        regles_(dossier::read_regles(*pack.pack)) {}

  template <class Ask> auto ask(Ask &&ask) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) { return ask(Guichet(journal, acces, droits_, regles_)); });
    });
  }

  // The same over every dossier: a signal ends it.
  template <class Ask> auto go_through(Ask &&ask) {
    return store_.use([&](Journal &whole) {
      return acces_.locked([&](JournalAcces &acces) {
        Interruptible journal(whole);
        return ask(Guichet(journal, acces, droits_, regles_));
      });
    });
  }

  // The same of the diagnostic, whose questionnaire is read when first asked for.
  template <class Ask> auto diagnose(Ask &&ask) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        if (!diagnostic_)
          diagnostic_.emplace(pack_);
        Guichet counter(journal, acces, droits_, regles_);
        return ask(journal, counter, *diagnostic_);
      });
    });
  }
  // An act of the path.
  template <class Act> auto act(Act &&act) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        Guichet counter(journal, acces, droits_, regles_);
        return act(parcours::Bureau(journal, counter, *pack_, regles_));
      });
    });
  }
  // What is asked of the network, with the pack of the counter.
  template <class Ask> auto network(Ask &&ask) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        Guichet counter(journal, acces, droits_, regles_);
        return ask(journal, counter, *pack_, regles_);
      });
    });
  }
  std::vector<parcours::EtatRelais> relays(const Demande &demand, const dossier::Sujet &person) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        Guichet counter(journal, acces, droits_, regles_);
        return parcours::etat_relais(journal, counter, *pack_, droits_, regles_, demand, person);
      });
    });
  }

  exchange::Partage share(const Demande &demand, const exchange::DemandePartage &asked,
                          const exchange::Nomenclatures &lists) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        Guichet counter(journal, acces, droits_, regles_);
        return exchange::partager(journal, counter, *pack_, lists, demand, asked);
      });
    });
  }

  parcours::Parcours path(const Demande &demand, const dossier::Sujet &person, feel::Date at) {
    return store_.use([&](Journal &journal) {
      return acces_.locked([&](JournalAcces &acces) {
        Guichet counter(journal, acces, droits_, regles_);
        return parcours::parcours(journal, counter, *pack_, droits_, regles_, demand, person, at);
      });
    });
  }

  parcours::Carnet logbook(const Demande &demand, const dossier::Sujet &person, feel::Date at) {
    return ask([&](Guichet counter) { return parcours::carnet(counter, droits_, demand, person, at); });
  }

  passeport::Passeport passport(const Demande &demand, const dossier::Sujet &person, feel::Date at) {
    return ask([&](Guichet counter) { return passeport::passeport(counter, droits_, demand, person, at); });
  }
  passeport::Propositions proposals(const Demande &demand, const dossier::Sujet &person, feel::Date at) {
    return ask([&](Guichet counter) {
      if (!diagnostic_ && !pack_->role("grille").empty())
        diagnostic_.emplace(pack_);
      return passeport::propositions(counter, droits_, *pack_, diagnostic_ ? &*diagnostic_ : nullptr, demand, person,
                                     at);
    });
  }

  passeport::Comparaison compared(const Demande &demand, const dossier::Sujet &person, feel::Date at,
                                  const passeport::DemandeComparaison &asked) {
    return ask([&](Guichet counter) {
      return passeport::comparer(counter, droits_, *pack_, demand, person, at, asked.profil, asked.metiers,
                                 asked.bassin);
    });
  }
  passeport::BadgePossible badge(const Demande &demand, const dossier::Sujet &person, feel::Date at,
                                 const std::string &immersion) {
    return ask([&](Guichet counter) {
      return passeport::badge_immersion(counter, droits_, *pack_, demand, person, at, immersion);
    });
  }
  // The name under which a page leaves.
  void check_name(const std::string &name) const { passeport::admettre_nom(passeport::regles(*pack_), name); }
  passeport::Selection selection(const Demande &demand, const dossier::Sujet &person, feel::Date at,
                                 const std::string &share, const passeport::Rome *rome) {
    return ask([&](Guichet counter) {
      return passeport::selectionner(counter, droits_, *pack_, demand, person, at, share, rome);
    });
  }

  passeport::Delivre issued(const Demande &demand, const dossier::Sujet &person, feel::Date at,
                            const passeport::DemandeBadge &asked, const passeport::Delivrance &by) {
    return ask(
        [&](Guichet counter) { return passeport::delivrer(counter, droits_, *pack_, demand, person, at, asked, by); });
  }
  passeport::Remis handed_over(const Demande &demand, const dossier::Sujet &person, feel::Date at,
                               const passeport::DemandeRemise &asked, const passeport::Delivrance &by) {
    return ask(
        [&](Guichet counter) { return passeport::remettre(counter, droits_, *pack_, demand, person, at, asked, by); });
  }
  passeport::Garantie guaranteed(const Demande &demand, const dossier::Sujet &person, const std::string &item,
                                 const std::string &badge, credentials::OptionsVerification options) {
    return ask([&](Guichet counter) {
      return passeport::garantir(counter, droits_, *pack_, demand, person, item, badge, std::move(options));
    });
  }
  std::vector<passeport::Revue> reviewed(const Demande &demand, const dossier::Sujet &person,
                                         credentials::OptionsVerification options, bool record) {
    return ask([&](Guichet counter) {
      return passeport::revoir(counter, droits_, *pack_, demand, person, std::move(options), record);
    });
  }

  parcours::Agenda agenda(const Demande &demand, const dossier::Sujet &instance, const std::string &session) {
    return ask([&](Guichet counter) { return parcours::agenda(counter, demand, instance, session); });
  }
  parcours::Participation participation(const Demande &demand, const std::optional<dossier::Sujet> &instance,
                                        feel::Date from, feel::Date to) {
    return ask([&](Guichet counter) { return parcours::participation(counter, *pack_, demand, instance, from, to); });
  }

private:
  HeldStore &store_;
  HeldAcces &acces_;
  std::shared_ptr<const Pack> pack_;
  Droits droits_;
  dossier::Regles regles_;
  std::optional<parcours::LecteurDiagnostic> diagnostic_;
};

py::dict view_to_python(const Vue &view) {
  py::dict record = to_python(droits::to_value(view));
  record["valeurs"] = to_python(feel::Value(dossier::valeurs(view.situation)));
  return record;
}

py::dict view(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
              const std::optional<std::string> &known) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return view_to_python(self.ask([&](Guichet counter) { return counter.voir(who, about, date, how_far); }));
}

py::object history(HeldGuichet &self, const py::dict &demand, const std::string &subject, const std::string &path,
                   const std::optional<std::string> &known) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return to_python(
      droits::to_value(self.ask([&](Guichet counter) { return counter.historique(who, about, path, how_far); })));
}

py::object compare(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle before,
                   const std::optional<std::string> &known_before, py::handle after,
                   const std::optional<std::string> &known_after) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date first = to_date(before, "avant"), second = to_date(after, "apres");
  const dossier::Connaissance then = to_known(known_before, "connu_avant"), now = to_known(known_after, "connu_apres");
  return to_python(droits::to_value(
      self.ask([&](Guichet counter) { return counter.comparer(who, about, first, second, then, now); })));
}

py::list search(HeldGuichet &self, const py::dict &demand, const std::string &name, py::handle at, std::size_t limit) {
  const Demande who = to_demand(demand);
  const feel::Date date = to_date(at, "au");
  py::list found;
  for (const Vue &one : self.ask([&](Guichet counter) { return counter.rechercher(who, name, date, limit); }))
    found.append(view_to_python(one));
  return found;
}

// All that were proposed when there is no subject.
py::object duplicates(HeldGuichet &self, const py::dict &demand, const std::optional<std::string> &subject) {
  const Demande who = to_demand(demand);
  if (!subject)
    return to_python(droits::to_value(self.ask([&](Guichet counter) { return counter.doublons(who); })));
  const dossier::Sujet about = to_subject(*subject, "personne");
  return to_python(droits::to_value(self.ask([&](Guichet counter) { return counter.doublons(who, about); })));
}

py::object listed(HeldGuichet &self, const py::dict &demand, const std::optional<std::string> &structure,
                  std::size_t page) {
  const Demande who = to_demand(demand);
  const auto followed_by = structure ? std::optional(to_subject(*structure, "structure")) : std::nullopt;
  return to_python(droits::to_value(self.ask([&](Guichet counter) { return counter.lister(who, followed_by, page); })));
}

py::object names(HeldGuichet &self, const py::dict &demand, const std::vector<std::string> &subjects) {
  const Demande who = to_demand(demand);
  std::vector<dossier::Sujet> persons;
  for (const std::string &one : subjects)
    persons.push_back(to_subject(one, "personnes"));
  return to_python(droits::to_value(self.ask([&](Guichet counter) { return counter.nommer(who, persons); })));
}

py::object access(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  return to_python(self.ask([&](Guichet counter) { return counter.acces(who, about, date); }));
}

// Who asked to see the dossier; everybody's when there is no subject.
py::list consultations(HeldGuichet &self, const py::dict &demand, const std::optional<std::string> &subject) {
  const Demande who = to_demand(demand);
  const auto about = subject ? std::optional(to_subject(*subject, "personne")) : std::nullopt;
  return entries(self.ask([&](Guichet counter) { return counter.consultations(who, about); }));
}

// `targets` is JSON: [{"sujets", "type", "corrige"}].
std::string permit(HeldGuichet &self, const py::dict &demand, const std::string &act, const std::string &targets) {
  const Demande who = to_demand(demand);
  const auto on = read_cibles(read_json(targets));
  return self.ask([&](Guichet counter) { return counter.autoriser(who, act, on); });
}

std::string declassify(HeldGuichet &self, const py::dict &demand, const std::string &subject, const std::string &event,
                       const std::string &field, const std::string &reason) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  return self.ask([&](Guichet counter) { return counter.declasser(who, about, event, field, reason); });
}

// `asked` is JSON: {"acte", "sujet", "effet", "contenu", "lu"}.
py::object act(HeldGuichet &self, const py::dict &demand, const std::string &asked) {
  const Demande who = to_demand(demand);
  const parcours::DemandeActe what = parcours::read_demande_acte(read_json(asked));
  return to_python(parcours::to_value(self.act([&](parcours::Bureau bureau) { return bureau.agir(who, what); })));
}

py::object undo(HeldGuichet &self, const py::dict &demand, const std::string &act) {
  const Demande who = to_demand(demand);
  return to_python(parcours::to_value(self.act([&](parcours::Bureau bureau) { return bureau.annuler(who, act); })));
}

py::object relays(HeldGuichet &self, const py::dict &demand, const std::string &subject) {
  return give(self.relays(to_demand(demand), to_subject(subject, "personne")), 0);
}

py::object share(HeldGuichet &self, const py::dict &demand, const std::string &subject, const std::string &format,
                 const std::string &recipient, py::handle at, const std::string &nomenclatures) {
  const exchange::DemandePartage asked{to_subject(subject, "personne"), format, recipient, to_date(at, "au")};
  return to_python(
      exchange::to_value(self.share(to_demand(demand), asked, exchange::Nomenclatures::load(nomenclatures))));
}

// The record, and what was held back.
py::tuple path(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const parcours::Parcours made = self.path(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"));
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}

py::tuple logbook(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const parcours::Carnet made = self.logbook(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"));
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}

py::tuple passport(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const passeport::Passeport made =
      self.passport(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"));
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}
py::tuple proposals(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const passeport::Propositions made =
      self.proposals(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"));
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}

py::tuple compared(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                   const std::string &asked) {
  const passeport::Comparaison made =
      self.compared(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"),
                    passeport::read_demande_comparaison(read_json(asked)));
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}
py::tuple badge(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                const std::string &immersion) {
  const passeport::BadgePossible made =
      self.badge(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"), immersion);
  return py::make_tuple(give_record(made), to_python(droits::to_value(made.retenues)));
}
py::object selection(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                     const std::string &share, const HeldRome *rome) {
  return give_record(self.selection(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"), share,
                                    rome == nullptr ? nullptr : rome->rome.get()));
}

// Who signs: {"instant", "emetteur", "nom"}, and what signs: a text of JSON to ("json" or "jws", the badge). It is
// asked while the store waits, and touches neither store nor counter.
passeport::Delivrance to_issuing(const py::dict &given, const py::object &signer) {
  passeport::Delivrance by;
  by.instant = py::cast<std::string>(given["instant"]);
  by.emetteur = py::cast<std::string>(given["emetteur"]);
  by.nom = py::cast<std::string>(given["nom"]);
  const std::shared_ptr<py::object> held(new py::object(signer), [](py::object *one) {
    const py::gil_scoped_acquire acquire;
    delete one;
  });
  by.signer = [held](std::string_view credential) {
    const py::gil_scoped_acquire acquire;
    const auto made =
        py::cast<std::pair<std::string, std::string>>((*held)(py::str(credential.data(), credential.size())));
    credentials::Emission emission;
    emission.jws = made.first == "jws";
    emission.badge = made.second;
    return emission;
  };
  return by;
}

py::tuple passport_issue(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                         const std::string &asked, const HeldRome *rome, const py::dict &signing,
                         const py::object &signer) {
  passeport::DemandeBadge wanted = passeport::read_demande_badge(read_json(asked));
  wanted.rome = rome == nullptr ? nullptr : rome->rome.get();
  const passeport::Delivre made = self.issued(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"),
                                              wanted, to_issuing(signing, signer));
  return py::make_tuple(give_record(made.badge), made.titulaire, give(made.statuts, 0), give(made.retenus, 0),
                        to_python(parcours::to_value(made.acte)));
}

py::tuple passport_hand_over(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                             const std::string &asked, const HeldRome *rome, const py::dict &signing,
                             const py::object &signer) {
  passeport::DemandeRemise wanted = passeport::read_demande_remise(read_json(asked));
  wanted.rome = rome == nullptr ? nullptr : rome->rome.get();
  const passeport::Remis made =
      self.handed_over(to_demand(demand), to_subject(subject, "personne"), to_date(at, "au"), wanted,
                       signer.is_none() ? passeport::Delivrance() : to_issuing(signing, signer));
  return py::make_tuple(made.texte, made.empreinte, made.titulaire, give(made.badges, 0), give(made.statuts, 0),
                        give_record(made.selection), to_python(parcours::to_value(made.acte)));
}

py::tuple passport_guarantee(HeldGuichet &self, const py::dict &demand, const std::string &subject,
                             const std::string &item, const std::string &badge, const py::dict &options) {
  const passeport::Garantie made =
      self.guaranteed(to_demand(demand), to_subject(subject, "personne"), item, badge, to_verification(options));
  return py::make_tuple(made.garanti, made.motif, give_record(made.rapport),
                        made.acte ? to_python(parcours::to_value(*made.acte)) : py::object(py::none()));
}

py::object passport_review(HeldGuichet &self, const py::dict &demand, const std::string &subject,
                           const py::dict &options, bool record) {
  return give(self.reviewed(to_demand(demand), to_subject(subject, "personne"), to_verification(options), record), 0);
}

std::string endorsement(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                        const std::string &which, const std::string &asked) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const auto words = passeport::read_demande_avenant(read_json(asked));
  return self.network([&](Journal &, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return passeport::attestation_recommandation(counter, counter.droits(), pack, who, about, date, which, words);
  });
}

// The act, and what the verification found.
py::tuple endorsed(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                   const std::string &which, const std::string &bytes, const credentials::Verificateur &verifier) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const passeport::Reception made =
      self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &rules) {
        parcours::Bureau bureau(journal, counter, pack, rules);
        return passeport::recevoir_recommandation(bureau, counter, counter.droits(), who, about, date, which, bytes,
                                                  verifier);
      });
  return py::make_tuple(to_python(parcours::to_value(made.acte)), give_record(made.rapport));
}

py::object structure_badges(HeldGuichet &self, const py::dict &demand, const std::string &structure, py::handle at) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(structure, "structure");
  const feel::Date date = to_date(at, "au");
  return give_record(self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return passeport::badges_structure(journal, counter, pack, who, about, date);
  }));
}

std::string structure_credential(HeldGuichet &self, const py::dict &demand, const std::string &structure, py::handle at,
                                 const std::string &asked) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(structure, "structure");
  const feel::Date date = to_date(at, "au");
  const auto wanted = passeport::read_demande_badge_structure(read_json(asked));
  return self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return passeport::attestation_structure(journal, counter, pack, who, about, date, wanted);
  });
}

py::object structure_issued(HeldGuichet &self, const py::dict &demand, const std::string &structure, py::handle at,
                            const std::string &code, const std::string &badge,
                            const std::vector<std::pair<std::string, std::string>> &documents) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(structure, "structure");
  const feel::Date date = to_date(at, "effet");
  return to_python(
      parcours::to_value(self.network([&](Journal &, Guichet &counter, const Pack &pack, const dossier::Regles &) {
        return passeport::noter_badge_structure(counter, pack, who, about, date, code, badge, {{}, documents});
      })));
}

py::object agenda(HeldGuichet &self, const py::dict &demand, const std::string &instance, const std::string &session) {
  return give_record(self.agenda(to_demand(demand), to_subject(instance, "instance"), session));
}

py::object participation(HeldGuichet &self, const py::dict &demand, const std::optional<std::string> &instance,
                         py::handle from, py::handle to) {
  const auto one = instance ? std::optional(to_subject(*instance, "instance")) : std::nullopt;
  return give_record(self.participation(to_demand(demand), one, to_date(from, "du"), to_date(to, "au")));
}

// The view as its JSON, and the result that is left of the one given.
py::tuple explain(HeldGuichet &self, const py::dict &demand, const std::string &subject, const HeldPack &pack,
                  py::handle result, const std::vector<std::pair<std::string, std::vector<std::string>>> &origins) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  std::vector<Origine> from;
  for (const auto &[fact, paths] : origins)
    from.push_back({fact, paths});
  const PackResult &decided = to_pack_result(result);
  const VueResultat view =
      self.ask([&](Guichet counter) { return counter.expliquer(who, about, *pack.pack, decided, from); });
  return py::make_tuple(to_python(droits::to_value(view)), give_result(view.resultat));
}

// On her dossier, by the pack's own map of facts.
py::tuple decide(HeldGuichet &self, const py::dict &demand, const std::string &subject, const HeldPack &pack,
                 const std::string &decision, py::handle at, py::handle facts) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const feel::Value given = to_value(facts);
  const VueResultat view = self.ask([&](Guichet counter) {
    return counter.expliquer(who, about, *pack.pack, decision, date,
                             given.is(feel::Kind::context) ? given.context() : feel::Context());
  });
  return py::make_tuple(to_python(droits::to_value(view)), give_result(view.resultat));
}

py::object vigilance(HeldGuichet &self, const py::dict &demand, const HeldPack &pack, py::handle at,
                     const std::optional<std::string> &known, const std::optional<std::string> &structure,
                     std::vector<std::string> moments, bool detail) {
  const Demande who = to_demand(demand);
  const parcours::OptionsVigilance options{to_date(at, "au"), to_known(known, "connu"), std::move(moments), structure};
  const parcours::Vigilance found = self.go_through(
      [&](Guichet counter) { return parcours::ReglesVigilance(pack.pack).cibler(counter, who, options); });
  return to_python(parcours::to_value(found, detail));
}

py::object breaks(HeldGuichet &self, const py::dict &demand, const HeldPack &pack, py::handle at,
                  const std::optional<std::string> &known) {
  const Demande who = to_demand(demand);
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return to_python(parcours::to_value(self.go_through(
      [&](Guichet counter) { return parcours::ReglesRuptures(pack.pack).compter(counter, who, date, how_far); })));
}

// (role, record, what was held back)
template <class Lu> py::tuple given(const parcours::VueDe<Lu> &view) {
  return py::make_tuple(view.role, give_record(view.lu), to_python(droits::to_value(view.retenues)));
}

py::tuple questions(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                    const std::optional<std::string> &known) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return given(self.diagnose([&](Journal &, Guichet &counter, const parcours::LecteurDiagnostic &reader) {
    return parcours::questions(counter, who, about, date, how_far, reader);
  }));
}

py::tuple diagnostic(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                     const std::optional<std::string> &known, std::optional<std::int64_t> median) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return given(self.diagnose([&](Journal &journal, Guichet &counter, const parcours::LecteurDiagnostic &reader) {
    return parcours::diagnostic(journal, counter, who, about, date, how_far, reader, median);
  }));
}

py::tuple road_map(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                   const std::optional<std::string> &known) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return given(self.diagnose([&](Journal &, Guichet &counter, const parcours::LecteurDiagnostic &reader) {
    return parcours::feuille_de_route(counter, who, about, date, how_far, reader);
  }));
}

// --- The network ---

py::object relay_all(HeldGuichet &self, const py::dict &demand, const std::string &asked) {
  const Demande who = to_demand(demand);
  const auto all = parcours::read_demande_relais_tous(read_json(asked));
  return give_record(
      self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &rules) {
        return parcours::relayer_tous(journal, counter, pack, rules, who, all);
      }));
}

py::object appointments(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at,
                        const std::string &options) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const auto asked = parcours::read_demande_rendez_vous(read_json(options));
  return give_record(self.network([&](Journal &, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return parcours::rendez_vous_proposes(counter, pack, who, about, date, asked);
  }));
}

py::object network_record(HeldGuichet &self, const py::dict &demand, const std::string &subject, py::handle at) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(subject, "sujet");
  const feel::Date date = to_date(at, "au");
  return give_record(self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return parcours::fiche_reseau(journal, counter, pack, who, about, date);
  }));
}

py::object network_counts(HeldGuichet &self, const py::dict &demand, py::handle from, py::handle to) {
  const Demande who = to_demand(demand);
  const feel::Date first = to_date(from, "du"), last = to_date(to, "au");
  return give_record(self.network([&](Journal &journal, Guichet &counter, const Pack &, const dossier::Regles &) {
    return parcours::compter_reseau(journal, counter, who, first, last);
  }));
}

py::object labelled(HeldGuichet &self, const py::dict &demand, const std::string &structure, py::handle at) {
  const Demande who = to_demand(demand);
  const dossier::Sujet about = to_subject(structure, "structure");
  const feel::Date date = to_date(at, "au");
  return py::tuple(
      give_records(self.network([&](Journal &, Guichet &counter, const Pack &pack, const dossier::Regles &) {
        return parcours::suivis_label(counter, pack, who, about, date);
      })));
}

py::object solicitations(HeldGuichet &self, const py::dict &demand, py::handle at, bool all) {
  const Demande who = to_demand(demand);
  const feel::Date date = to_date(at, "au");
  return py::tuple(
      give_records(self.network([&](Journal &, Guichet &counter, const Pack &pack, const dossier::Regles &) {
        return parcours::sollicitations(counter, pack, who, date, all);
      })));
}

std::string answer_satisfaction(HeldGuichet &self, const py::dict &demand, const std::string &given) {
  const Demande who = to_demand(demand);
  const auto answers = parcours::read_reponse_satisfaction(read_json(given));
  return self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return parcours::repondre_satisfaction(journal, counter, pack, who, answers);
  });
}

py::object satisfaction(HeldGuichet &self, const py::dict &demand, py::handle at) {
  const Demande who = to_demand(demand);
  const feel::Date date = to_date(at, "au");
  return give_record(self.network([&](Journal &journal, Guichet &counter, const Pack &pack, const dossier::Regles &) {
    return parcours::satisfaction(journal, counter, pack, who, date);
  }));
}

} // namespace

void register_droits(py::module_ &module) {
  module.def("path_acts", [] { return to_python(parcours::to_value(parcours::transitions())); });
  module.def(
      "satisfaction_form",
      [](const HeldPack &pack) { return give_record(parcours::questionnaire_satisfaction(*pack.pack)); },
      py::arg("pack"));
  module.def("acces_path", &store::acces_path, py::arg("store_path"));

  py::class_<HeldAcces>(module, "Acces", "The journal of who asked to see what.")
      .def_static("memory", &memory, py::arg("now"))
      .def_static("create", &create, py::arg("path"), py::arg("keys"), py::arg("busy_ms"), py::arg("now"))
      .def_static("open", &open, py::arg("path"), py::arg("keys"), py::arg("busy_ms"), py::arg("now"))
      .def("close", &HeldAcces::close)
      .def("entries",
           [](HeldAcces &self) {
             return entries(self.use([](JournalAcces &journal) {
               std::vector<Acces> all;
               journal.each([&](const Acces &one) { all.push_back(one); });
               return all;
             }));
           })
      .def(
          "about",
          [](HeldAcces &self, const std::string &subject) {
            const dossier::Sujet wanted = to_subject(subject, "dossier");
            return entries(self.use([&](JournalAcces &journal) { return journal.sur(wanted); }));
          },
          py::arg("subject"))
      .def(
          "purger",
          [](HeldAcces &self, const std::string &before) {
            const dossier::Instant limit = to_record(before, "avant");
            return self.use([&](JournalAcces &journal) { return journal.purger(limit); });
          },
          py::arg("before"))
      .def(
          "purger_selon",
          [](HeldAcces &self, py::handle at, const HeldPack &pack) {
            const feel::Date date = to_date(at, "au");
            return self.use(
                [&](JournalAcces &journal) { return conservation::purger_acces(journal, date, *pack.pack); });
          },
          py::arg("at"), py::arg("pack"))
      .def("verify", &verify, py::arg("head"), py::arg("store"))
      .def("identity",
           [](HeldAcces &self) { return self.use([](JournalAcces &journal) { return journal.identite(); }); })
      .def("last_instant",
           [](HeldAcces &self) {
             const auto found = self.use([](JournalAcces &journal) { return journal.dernier_instant(); });
             return found ? std::optional(found->to_string()) : std::nullopt;
           })
      .def(
          "mend_clock",
          [](HeldAcces &self, const std::string &author, const std::string &at, const std::string &reason) {
            const dossier::Instant instant = to_record(at, "at");
            return to_python(dossier::to_value(
                self.use([&](JournalAcces &journal) { return journal.reprendre_horloge(reason, author, instant); })));
          },
          py::arg("author"), py::arg("at"), py::arg("reason"));

  py::class_<HeldGuichet>(module, "Guichet", "Where an actor asks.")
      .def(py::init<HeldStore &, HeldAcces &, const HeldPack &>(), py::arg("store"), py::arg("acces"), py::arg("pack"),
           py::keep_alive<1, 2>(), py::keep_alive<1, 3>())
      .def("view", &view, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("known"))
      .def("history", &history, py::arg("demand"), py::arg("subject"), py::arg("path"), py::arg("known"))
      .def("compare", &compare, py::arg("demand"), py::arg("subject"), py::arg("before"), py::arg("known_before"),
           py::arg("after"), py::arg("known_after"))
      .def("search", &search, py::arg("demand"), py::arg("name"), py::arg("at"), py::arg("limit"))
      .def("duplicates", &duplicates, py::arg("demand"), py::arg("subject"))
      .def("listed", &listed, py::arg("demand"), py::arg("structure"), py::arg("page"))
      .def("names", &names, py::arg("demand"), py::arg("subjects"))
      .def("access", &access, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("consultations", &consultations, py::arg("demand"), py::arg("subject"))
      .def("act", &act, py::arg("demand"), py::arg("asked"))
      .def("undo", &undo, py::arg("demand"), py::arg("act"))
      .def("logbook", &logbook, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("passport", &passport, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("passport_proposals", &proposals, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("passport_compare", &compared, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("asked"))
      .def("passport_badge", &badge, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("immersion"))
      .def("passport_check_name", &HeldGuichet::check_name, py::arg("name"))
      .def("passport_selection", &selection, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("share"),
           py::arg("rome").none(true))
      .def("passport_issue", &passport_issue, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("asked"),
           py::arg("rome").none(true), py::arg("signing"), py::arg("signer"))
      .def("passport_hand_over", &passport_hand_over, py::arg("demand"), py::arg("subject"), py::arg("at"),
           py::arg("asked"), py::arg("rome").none(true), py::arg("signing"), py::arg("signer"))
      .def("passport_guarantee", &passport_guarantee, py::arg("demand"), py::arg("subject"), py::arg("item"),
           py::arg("badge"), py::arg("options"))
      .def("passport_review", &passport_review, py::arg("demand"), py::arg("subject"), py::arg("options"),
           py::arg("record"))
      .def("endorsement", &endorsement, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("which"),
           py::arg("asked"))
      .def("endorsed", &endorsed, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("which"),
           py::arg("bytes"), py::arg("verifier"))
      .def("structure_badges", &structure_badges, py::arg("demand"), py::arg("structure"), py::arg("at"))
      .def("structure_credential", &structure_credential, py::arg("demand"), py::arg("structure"), py::arg("at"),
           py::arg("asked"))
      .def("structure_issued", &structure_issued, py::arg("demand"), py::arg("structure"), py::arg("at"),
           py::arg("code"), py::arg("badge"), py::arg("documents"))
      .def("path", &path, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("share", &share, py::arg("demand"), py::arg("subject"), py::arg("format"), py::arg("recipient"),
           py::arg("at"), py::arg("nomenclatures"))
      .def("relays", &relays, py::arg("demand"), py::arg("subject"))
      .def("agenda", &agenda, py::arg("demand"), py::arg("instance"), py::arg("session"))
      .def("participation", &participation, py::arg("demand"), py::arg("instance"), py::arg("since"), py::arg("until"))
      .def("permit", &permit, py::arg("demand"), py::arg("act"), py::arg("targets"))
      .def("declassify", &declassify, py::arg("demand"), py::arg("subject"), py::arg("event"), py::arg("field"),
           py::arg("reason"))
      .def("explain", &explain, py::arg("demand"), py::arg("subject"), py::arg("pack"), py::arg("result"),
           py::arg("origins"))
      .def("decide", &decide, py::arg("demand"), py::arg("subject"), py::arg("pack"), py::arg("decision"),
           py::arg("at"), py::arg("facts"))
      .def("breaks", &breaks, py::arg("demand"), py::arg("pack"), py::arg("at"), py::arg("known"))
      .def("vigilance", &vigilance, py::arg("demand"), py::arg("pack"), py::arg("at"), py::arg("known"),
           py::arg("structure"), py::arg("moments"), py::arg("detail"))
      .def("questions", &questions, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("known"))
      .def("diagnostic", &diagnostic, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("known"),
           py::arg("median"))
      .def("road_map", &road_map, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("known"))
      .def("relay_all", &relay_all, py::arg("demand"), py::arg("asked"))
      .def("appointments", &appointments, py::arg("demand"), py::arg("subject"), py::arg("at"), py::arg("options"))
      .def("network_record", &network_record, py::arg("demand"), py::arg("subject"), py::arg("at"))
      .def("network_counts", &network_counts, py::arg("demand"), py::arg("first"), py::arg("last"))
      .def("labelled", &labelled, py::arg("demand"), py::arg("structure"), py::arg("at"))
      .def("solicitations", &solicitations, py::arg("demand"), py::arg("at"), py::arg("all"))
      .def("answer_satisfaction", &answer_satisfaction, py::arg("demand"), py::arg("given"))
      .def("satisfaction", &satisfaction, py::arg("demand"), py::arg("at"));
}

} // namespace spie::python
