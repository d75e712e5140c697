// Words of the search. Sphinx's own file asks for `Function`, which the policy of the pages refuses.
Object.assign(Documentation.TRANSLATIONS, {
 "Search": "Поиск",
 "Search Page": "Поиск",
 "Search Results": "Результаты поиска",
 "Preparing search...": "Подготовка поиска…",
 "Searching": "Идёт поиск",
 ", in ": ", в ",
 "Hide Search Matches": "Снять выделение",
 "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "По вашему запросу ничего не найдено. Проверьте, что все слова написаны без ошибок.",
 "Search finished, found one page matching the search query.": [
  "Поиск завершён, найдена ${resultCount} страница.",
  "Поиск завершён, найдены ${resultCount} страницы.",
  "Поиск завершён, найдено ${resultCount} страниц."
 ]
});
Documentation.LOCALE = "ru";
Documentation.PLURAL_EXPR = (n) => (n % 10 === 1 && n % 100 !== 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2);
