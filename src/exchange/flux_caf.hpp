// What the flows of the CAF and of the MSA have in common, whatever their records: they open once their date is known,
// each record has the key of a household, and they may end early.
#pragma once

#include "exchange/codes.hpp"
#include "exchange/session.hpp"
#include "exchange/xml_stream.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spie::exchange {

struct FormatCaf {
  const char *nom;    // "vrsb"
  const char *source; // under which its facts stand: "caf.vrsb"
  const char *unite;  // what is counted
  const char *date;   // the element of its date
  const char *record; // the element of a record
};

class FluxCaf {
public:
  FluxCaf(dossier::Journal &journal, const ImportOptions &options, const FormatCaf &format, const Nomenclature *list,
          Octets &bytes)
      : journal_(journal), session_(journal, options, format.nom, format.source, format.unite, bytes),
        codes_(session_, list), format_(format), given_date_(options.date_fichier),
        nomenclature_(list == nullptr ? std::string() : list->reference()) {}

  // A record that was cut off (`inside`) was received, and is refused.
  Rapport give_up(const XmlFault &fault, bool inside);
  Rapport give_up(const Arret &arret);
  int depth() const noexcept { return session_.depth(); }

protected:
  ~FluxCaf() = default;

  // With the date that the flow gives, or the one that was given for it; the first call alone counts.
  void open(std::optional<feel::Date> date);
  bool opened() const noexcept { return opened_; }
  // Counts a record, and reads it.
  template <class Record, class Read> void take(const Record &record, Read &&read) {
    open({});
    session_.begin_record();
    session_.end_record(read(record));
  }
  Rapport nothing_read(); // when neither a header nor a record opened it
  std::string place() const { return std::string(format_.record) + "[" + std::to_string(session_.record()) + "]"; }
  // That of the household; a record without it is refused.
  template <class Record> std::optional<std::string> key_of(const Record &record, const std::string &place) {
    return key(record.organisme, record.numero_organisme, record.matricule, place);
  }
  // The dossier of an adult, under the key of its household; a NIR that is none is said.
  dossier::Sujet attach(dossier::Releve releve, const std::string &place);

  dossier::Journal &journal_;
  Session session_;
  Codes codes_;

private:
  std::optional<std::string> key(std::string_view organisme, std::string_view numero, std::string_view matricule,
                                 const std::string &place);

  FormatCaf format_;
  std::optional<feel::Date> given_date_;
  std::string nomenclature_;
  bool opened_ = false;
};

// The whole flow, to its end or to what ends it.
template <class Reader, class Import> Rapport read_flux(Import &import, Octets &bytes) {
  Reader reader(import);
  try {
    read_xml(bytes, reader, {.depth = import.depth()});
  } catch (const XmlFault &fault) {
    return import.give_up(fault, reader.inside());
  } catch (const Arret &arret) {
    return import.give_up(arret);
  }
  return import.close(reader);
}

} // namespace spie::exchange
