/** The labels of Gmail and the folders of mail programs by what they are for, in lower case. */

const LABELS: Readonly<Record<string, string>> = {
  spam: "spam|junk|courrier indésirable|correo no deseado|posta indesiderata|спам|垃圾邮件|垃圾郵件|迷惑メール|스팸함|ongewenste e-mail",
  trash:
    "trash|bin|papierkorb|corbeille|papelera|cestino|lixeira|lixo|prullenbak|kosz|papirkurv|papirkorg|papperskorg|papperskorgen|roskakori|koš|kuka|κάδος απορριμμάτων|корзина|кошик|çöp kutusu|çöp|已删除邮件|垃圾桶|ゴミ箱|휴지통|coș de gunoi|thùng rác|sampah|אשפה|المهملات|ถังขยะ",
  draft:
    "draft|drafts|entwürfe|entwurf|brouillons|brouillon|borradores|borrador|bozze|bozza|rascunhos|rascunho|concepten|concept|wersje robocze|kladder|kladd|utkast|luonnokset|koncepty|piszkozatok|πρόχειρα|черновики|чернетки|taslaklar|草稿|下書き|임시보관함|schițe|thư nháp|draf|טיוטות|المسودات|ร่างจดหมาย",
  sent: "sent|sent mail|sent items|gesendet|messages envoyés|envoyés|enviados|enviado|posta inviata|inviati|mensagens enviadas|e-mails enviados|verzonden|verzonden berichten|wysłane|sendt|sendte|skickat|skickade|lähetetyt|odeslaná pošta|odeslané|elküldött|elküldött üzenetek|απεσταλμένα|отправленные|надіслані|gönderilmiş postalar|gönderilenler|已发邮件|已发送邮件|寄件備份|送信済みメール|送信済み|보낸편지함|mesaje trimise|trimise|thư đã gửi|terkirim|דואר יוצא|البريد المرسل|จดหมายที่ส่งแล้ว",
  chat: "chat|chats|discussions",
};

const FOLDERS: Readonly<Record<string, string>> = {
  sent: "sent messages|gesendete objekte|gesendete elemente|éléments envoyés|elementos enviados|posta inviata",
  spam: "junk e-mail|junk email|bulk mail",
  trash:
    "deleted items|deleted messages|gelöschte objekte|gelöschte elemente|éléments supprimés|elementos eliminados",
  draft: "unsent messages",
};

function kindsOf(table: Readonly<Record<string, string>>): Map<string, string> {
  const rows = Object.entries(table).flatMap(([kind, labels]) =>
    labels.split("|").map((label): [string, string] => [label, kind]),
  );
  return new Map(rows);
}

export const LABEL_KINDS: ReadonlyMap<string, string> = kindsOf(LABELS);
export const FOLDER_KINDS: ReadonlyMap<string, string> = kindsOf(FOLDERS);
