// One import: it opens, records what is new of each record, commits in batches, and closes. Formats bring records.
#pragma once

#include "rules/feel/loading.hpp"
#include "spie/exchange/import.hpp"
#include "sqlite/spilled_map.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

class Session;

// What one source says of one subject: only what it did not say before becomes an event.
class Fil {
public:
  Fil(Session &session, dossier::Sujet subject, std::string cle);

  const dossier::Sujet &subject() const noexcept { return subject_; }
  feel::Date reference() const noexcept; // of the file
  // The source states this, true from the first day of the effect. Nothing is written when it said so already, nor when
  // a later file spoke of that day, nor when the same file was read to its end, unless it is of something that it did
  // not speak of then. Of a fact with one value at a time it ends what earlier files said since that day.
  void state(std::string_view type, feel::Context content, const dossier::Effet &effect, const std::string &place,
             const std::vector<dossier::Sujet> &others = {});
  // The same for what the file states without a date: true on its reference date, and since `since` when the source
  // said nothing else in between.
  void state_now(std::string_view type, feel::Context content, std::optional<feel::Date> since,
                 std::optional<feel::Date> end, const std::string &place,
                 const std::vector<dossier::Sujet> &others = {});
  // What the source listed before under this type and lists no more, now that it lists these keys: it held until this
  // file. Of a list that each record gives whole.
  void list_ends(std::string_view type, const std::set<std::string> &keys, const std::string &place);
  // The source said something of this fact for that day, and saw the subject since in another file: it had its say.
  bool had_its_say(std::string_view type, std::string_view key, feel::Date day) const;
  // Whether the source ever said anything of this fact.
  bool spoke_of(std::string_view type, std::string_view key) const;
  // The record was seen in this file, whatever it says.
  void observe(std::string_view empreinte);

private:
  struct Said {
    std::string type, key;
    feel::Context content;
    dossier::Effet effect;
    feel::Date reference;   // of the file that said so
    bool here = false;      // this file said so
    bool sans_date = false; // it gave it no date of its own
  };
  struct Seen {
    feel::Date date;
    std::string digest;
    bool here = false; // in this file
  };
  const Said *last_before(std::string_view type, std::string_view key, feel::Date date) const;
  std::optional<feel::Date> seen_again(const Said &said) const;
  std::vector<feel::Date> contradicted(const Said &said) const;
  void put(std::string_view type, feel::Context content, const dossier::Effet &effect, const std::string &place,
           const std::vector<dossier::Sujet> &others, bool dated, bool own_date);
  // NIR and wrong encodings, in whatever field; false when a field that it needs is gone.
  bool look_at(std::string_view type, feel::Context &content, const std::string &place);
  void write(Said said, const std::string &place, const std::vector<dossier::Sujet> &others);

  Session &session_;
  dossier::Sujet subject_;
  std::string cle_;
  std::vector<Said> said_; // by this source, in the order of record
  std::vector<Seen> seen_;
  bool settled_ = false; // a closed reading of these same bytes had the subject
};

// A limit that the caller gave ends the import (I004); in French, for its report.
struct Arret {
  std::string motif, remede;
};

class Session {
public:
  // `source`: the name under which its facts stand, "caf.vrsb". The bytes are read to the end for their digest, then
  // rewound.
  Session(dossier::Journal &journal, const ImportOptions &options, std::string format, std::string source,
          std::string unite, Octets &bytes);
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  ~Session(); // what was not committed is given up

  // Once the reference date and the nomenclature of the file are known; before the first record. Throws Arret.
  void open(feel::Date reference, std::string nomenclature);
  feel::Date reference() const noexcept { return reference_; }
  const std::string &import_id() const noexcept { return report_.import_id; }
  dossier::Instant recorded() const noexcept { return options_.enregistre; }

  // --- a record ---
  void begin_record(); // one more was received; throws Arret
  // Records what was queued for it; `read` says whether it stands.
  void end_record(bool read);
  std::int64_t record() const noexcept { return report_.recus; }

  // The dossier of a person, by the rules of identity.
  dossier::Sujet attach(dossier::Releve releve, const std::string &place);
  // A household or a structure, by its key in the source; made when it is new.
  dossier::Sujet subject_of(dossier::Genre genre, const std::string &cle, const std::string &place);
  // The key with the fingerprint of each NIR that stands in it.
  std::string without_nir(std::string cle) const;
  bool is_new(const dossier::Sujet &subject) const; // made by this record
  bool seen(const dossier::Sujet &subject);         // in this file

  void refuse(Code code, std::string place, std::string field, std::string_view value, std::string motif,
              std::string remede, bool whole_record = false);
  void warn(Code code, std::string place, std::string field, std::string_view value, std::string motif,
            std::string remede);

  // Subjects of this source whose key begins so, and that this file does not have: recorded as absent, never as an end.
  void record_absences(dossier::Genre genre, const std::string &key_prefix);

  // The whole file was read: from here on it counts.
  Rapport close();
  // It ended before its end: what was recorded stays unclosed, and does not count.
  Rapport give_up(Code code, std::string place, std::string motif, std::string remede);
  Rapport give_up(const Arret &arret, std::string place);
  int depth() const noexcept { return loading_.limits().depth; } // that a document may have

private:
  friend class Fil;
  bool see(const dossier::Sujet &subject); // false when it was seen already
  dossier::Evenement event(const dossier::Sujet &subject, std::string_view type, feel::Context content,
                           const dossier::Effet &effect, const std::string &place, std::string cle) const;
  void queue(dossier::Evenement event) { pending_.push_back(std::move(event)); }
  void digest(Octets &bytes);
  void check_limits() const;
  void flush();
  void commit();
  void go_on();
  void record_absence(const dossier::Sujet &subject);
  void find_earlier();
  bool here(std::string_view import_id) const; // an import of these same bytes
  Rapport finish();

  dossier::Journal &journal_;
  ImportOptions options_;
  feel::Loading loading_;
  std::size_t size_ = 0; // of the file, in bytes
  std::string format_, source_, nomenclature_;
  feel::Date reference_;
  Rapport report_;
  std::vector<dossier::Evenement> pending_;
  std::vector<std::string> earlier_; // closed imports of these same bytes
  std::vector<dossier::Sujet> made_; // by this record
  sqlite::SpilledMap seen_;          // each subject of the file: all that an import keeps of what it has read
  std::size_t in_batch_ = 0;
  bool batch_open_ = false, opened_ = false;
};

// A value as a report shows it: no NIR, at most 60 characters.
std::string shown(std::string_view value);

} // namespace spie::exchange
