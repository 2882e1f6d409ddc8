#include "spie/exchange/formats.hpp"

#include "spie/exchange/caf_contacts.hpp"
#include "spie/exchange/carnet_csv.hpp"
#include "spie/exchange/csv_plan.hpp"
#include "spie/exchange/dsp.hpp"
#include "spie/exchange/france_travail.hpp"
#include "spie/exchange/vrsb.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

using Lire = Rapport (*)(dossier::Journal &, Octets &, const ImportOptions &, const Nomenclatures &,
                         const Complements &);

// A reader that needs nothing more.
template <auto read>
Rapport plain(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const Nomenclatures &lists,
              const Complements &) {
  return read(journal, bytes, options, lists);
}

Rapport diagnostic(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const Nomenclatures &lists,
                   const Complements &more) {
  return import_france_travail_diagnostic(journal, bytes, options, *more.personne, lists);
}

Rapport planned(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const Nomenclatures &,
                const Complements &more) {
  return import_csv(journal, bytes, read_plan_csv(more.plan, "plan"), options, more.personne);
}

Rapport contacts(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const Nomenclatures &,
                 const Complements &more) {
  return import_caf_contacts(journal, bytes, more.organisme, options);
}

constexpr std::array all{
    Format{"vrsb", "Bénéficiaires du RSA, flux mensuel de la CAF ou de la MSA (VRSB)", "caf.vrsb"},
    Format{"dsp", "Données socio-professionnelles, recueil ou instruction (VIRD0201, VIRS0901)", "caf.dsp"},
    Format{"caf_contacts", "Fichier mensuel des contacts de la CAF", "caf.contacts", Besoin::organisme},
    Format{"france_travail_extrait", "Extrait SPIE de France Travail : les inscrits", "france_travail.extrait"},
    Format{"france_travail_actions", "Extrait SPIE de France Travail : leurs actions", "france_travail.actions"},
    Format{"france_travail_diagnostic", "Diagnostic d'une personne, de l'API de France Travail",
           "france_travail.diagnostic", Besoin::personne},
    Format{"carnet_beneficiaires", "Carnet de bord : bénéficiaires", "carnet"},
    Format{"carnet_structures", "Carnet de bord : structures", "carnet"},
    Format{"csv", "Un CSV quelconque, décrit par un plan", {}, Besoin::plan},
};
constexpr std::array<Lire, all.size()> readers{
    plain<import_vrsb>,
    plain<import_dsp>,
    contacts,
    plain<import_france_travail_extrait>,
    plain<import_france_travail_actions>,
    diagnostic,
    plain<import_carnet_beneficiaires>,
    plain<import_carnet_structures>,
    planned,
};

// Formats of one sender that their first bytes tell apart: the name of the sender is enough.
std::string_view told_apart(std::string_view name, Octets &bytes) {
  if (name != "france_travail" && name != "france-travail" && name != "carnet")
    return name;
  std::array<char, 4'096> buffer{};
  const std::string_view head(buffer.data(), bytes.read(buffer.data(), buffer.size()));
  bytes.rewind();
  if (name == "carnet") // structures have a SIRET, people have none
    return head.find("Siret") != std::string_view::npos ? "carnet_structures" : "carnet_beneficiaires";
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && (head[first] == '{' || head[first] == '['))
    return "france_travail_diagnostic";
  return head.find("codeaction") != std::string_view::npos ? "france_travail_actions" : "france_travail_extrait";
}

[[noreturn]] void missing(const char *what, const char *name, std::string remedy) {
  throw Error({Code::api_argument, Level::error, std::string("this format needs ") + what, name, std::move(remedy)});
}

} // namespace

std::string_view text(Besoin besoin) noexcept {
  switch (besoin) {
  case Besoin::personne:
    return "personne";
  case Besoin::plan:
    return "plan";
  case Besoin::organisme:
    return "organisme";
  case Besoin::rien:
    break;
  }
  return "rien";
}

std::span<const Format> formats() noexcept { return all; }

feel::Value formats_value() {
  feel::List list;
  for (const Format &format : all)
    list.push_back(feel::Context{
        {"nom", format.nom}, {"titre", format.titre}, {"source", format.source}, {"besoin", text(format.besoin)}});
  return list;
}

Rapport importer(dossier::Journal &journal, std::string_view format, Octets &bytes, const ImportOptions &options,
                 const Nomenclatures &nomenclatures, const Complements &complements) {
  const std::string_view name = told_apart(format, bytes);
  const auto *const found = std::find_if(all.begin(), all.end(), [&](const Format &one) { return one.nom == name; });
  if (found == all.end()) {
    std::string names;
    for (const Format &one : all)
      names += (names.empty() ? "" : ", ") + std::string(one.nom);
    throw Error({Code::import_format, Level::error, "there is no format '" + std::string(name) + "'", "format",
                 "Name one of them: " + names + "."});
  }
  if (found->besoin == Besoin::personne && !complements.personne)
    missing("the person whom the file is about", "person", "Give her dossier: personne:4kq9….");
  if (found->besoin == Besoin::plan && complements.plan.empty())
    missing("a plan of its columns", "plan", "Give the JSON of a plan; docs/imports.md has its form.");
  if (found->besoin == Besoin::organisme && complements.organisme.empty())
    missing("the number of the CAF whose file it is", "organisme",
            "Give its number, as the monthly flow writes it: 771.");
  return readers[static_cast<std::size_t>(found - all.begin())](journal, bytes, options, nomenclatures, complements);
}

} // namespace spie::exchange
