// Words of the search. Sphinx's own file asks for `Function`, which the policy of the pages refuses.
Object.assign(Documentation.TRANSLATIONS, {
 "Search": "Іздеу",
 "Please activate JavaScript to enable the search functionality.": "Іздеу үшін JavaScript қосыңыз.",
 "Search Page": "Іздеу беті",
 "Search Results": "Іздеу нәтижелері",
 "Searching": "Ізделуде",
 "Preparing search...": "Іздеу дайындалуда…",
 "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Іздеу бойынша ештеңе табылмады. Сөздердің дұрыс жазылғанын тексеріңіз.",
 "Searching for multiple words only shows matches that contain\n    all words.": "Бірнеше сөз ізделсе, тек барлық сөзі бар беттер көрсетіледі.",
 "Please activate JavaScript to enable the search\n    functionality.": "Іздеу үшін JavaScript қосыңыз.",
 "Search finished, found one page matching the search query.": [
  "Іздеу аяқталды, бір бет табылды.",
  "Іздеу аяқталды, ${resultCount} бет табылды."
 ]
});
Documentation.LOCALE = "kk";
Documentation.PLURAL_EXPR = (n) => (n === 1 ? 0 : 1);
